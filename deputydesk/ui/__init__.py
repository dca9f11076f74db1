"""The window: pages ask the desk, show what it answers, and have it do things."""
