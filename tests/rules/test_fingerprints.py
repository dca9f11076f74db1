"""The numbers that two people compare."""

from deputydesk.rules.fingerprints import DIGITS, GROUPS, digits_in, fingerprint


def test_eight_groups_of_five_digits_that_any_other_letter_changes():
    said = fingerprint("T1", "age-ed25519", "ab")
    groups = said.split()

    assert [len(group) for group in groups] == [DIGITS] * GROUPS
    assert fingerprint("T1", "age-ed25519", "ac") != said
    assert digits_in(said) == "".join(groups)


def test_digits_are_read_as_people_type_them():
    assert digits_in("１２ 3-45") == "12345"
