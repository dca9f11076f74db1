"""Where each of the forty attacks of the exchange's design is tried; none may get lost."""

import importlib

import pytest

ATTACKS = """
1 test_attacks::a_bundle_with_any_bit_turned_or_cut_off_anywhere_is_refused_or_says_the_same
1 test_fuzz::no_mutant_brings_what_nobody_signed_or_anything_but_a_sentence
2 test_attacks::the_same_bundle_five_times_and_an_old_one_after_a_new_one_bring_nothing_twice
3 test_attacks::a_bundle_for_another_office_is_refused
4 test_attacks::a_bundle_of_an_office_that_nobody_enrolled_is_refused_and_names_it
5 test_attacks::a_bundle_signed_by_another_office_is_refused
6 test_attacks::a_township_cannot_write_what_is_not_its_own
7 test_attacks::a_township_cannot_write_on_in_the_district_s_feed_with_any_signature
7 test_attacks_order::what_a_township_writes_as_the_district_s_by_itself_goes_nowhere
8 test_attacks_form::a_bomb_is_refused_before_it_fills_the_disk
9 test_attacks_form::a_member_that_has_no_place_in_a_bundle_is_refused_and_no_file_is_made
9 test_attacks_form::an_attachment_that_is_not_in_the_signed_list_is_refused
10 test_attacks_form::an_attachment_named_by_a_path_is_never_read
11 test_attacks::a_cloned_pc_is_told_as_a_fork_and_its_changes_are_kept_aside
12 test_device::after_a_restore_the_district_gives_everything_back
13 test_attacks::a_lost_stick_leaves_a_gap_that_is_told_and_the_next_whole_bundle_heals_it
14 test_attacks::deleted_here_and_changed_there_the_record_stays_and_is_shown
15 test_attacks_order::an_edit_that_comes_after_the_expunging_brings_no_value_back
16 test_attacks::what_a_newer_program_wrote_is_kept_and_passed_on_whole
16 tests.test_database::an_upgrade_fills_new_columns_from_the_log
17 tests.journal.test_check::an_edited_line_of_the_log_is_found_and_no_source_to_rebuild_from
18 tests.journal.test_check::a_field_changed_behind_the_app_is_found_and_healed
19 tests.test_office::a_bulk_change_is_refused
20 test_attacks::a_later_edit_wins_whatever_the_clocks_say
21 test_attacks::a_counter_that_nobody_can_have_reached_is_refused
21 test_attacks_lines::a_counter_far_ahead_of_all_that_was_written_is_kept_aside
22 test_attacks_order::an_attachment_too_big_for_the_stick_waits_for_one_with_room
23 test_attacks::two_pcs_settle_a_conflict_alike_or_not
24 test_sheets::texts_stay_texts
25 tests.operations.test_document_numbers::a_number_that_two_computers_gave_is_shown_as_double
26 test_attacks_order::a_change_that_comes_before_its_record_waits_and_is_then_shown
27 test_attacks_order::an_import_that_is_cut_off_half_way_brings_nothing
27 test_faults::kill_minus_nine_while_sticks_are_carried_loses_nothing_and_leaves_nothing_torn
28 test_attacks_order::{FULL_OR_PULLED_OUT}
28 test_faults::a_full_stick_is_said_and_the_bundles_on_it_are_as_they_were
29 test_attacks_order::{FULL_OR_PULLED_OUT}
29 test_faults::a_stick_pulled_out_while_it_is_written_has_whole_bundles_or_none
30 test_attacks_order::attachments_that_find_no_room_go_the_next_time
31 test_attacks::a_bundle_of_the_old_key_is_refused_and_what_it_wrote_before_still_counts
32 test_attacks_order::a_form_that_was_open_while_a_stick_came_in_overwrites_nothing_unseen
33 test_attacks_form::two_members_of_one_name_are_refused
34 test_attacks_form::twenty_thousand_and_one_members_are_refused
35 test_attacks_form::a_payload_that_is_none_is_refused_in_a_sentence
35 test_attacks_form::a_line_that_this_program_never_writes_is_kept_aside_and_changes_nothing
36 test_attacks_form::a_card_with_a_code_that_is_none_is_refused
37 tests.test_database::a_second_opener_is_told_who_has_it
37 tests.test_database::a_read_only_folder_is_refused
38 tests.test_database::a_newer_file_is_refused_and_not_touched
39 test_attacks_order::a_stick_from_ten_years_ago_comes_in
40 test_attacks::a_bundle_says_who_wrote_even_if_nobody_knows_them_any_more
""".replace(
    "{FULL_OR_PULLED_OUT}",
    "a_stick_that_is_full_or_pulled_out_keeps_its_older_bundles_and_nothing_half_written",
)
"""The number in the design, and a test; modules without a dot are beside this one.

A network share (37) can be told on Windows only, by a drive's kind, and has no test here.
"""


@pytest.mark.parametrize("attack", ATTACKS.split("\n")[1:-1])
def test_each_attack_of_the_design_is_tried(attack):
    module, _, name = attack.split()[1].partition("::")
    where = importlib.import_module(module if "." in module else f"tests.exchange.{module}")

    assert callable(getattr(where, f"test_{name}"))


def test_none_of_the_forty_is_missing():
    assert {int(attack.split()[0]) for attack in ATTACKS.split("\n")[1:-1]} == {*range(1, 41)}
