"""The office's arithmetic: names, dates, rates, grades and permitted steps, without any store."""
