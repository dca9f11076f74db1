"""The head decides in the settings whether voters' own data goes up, and says on what basis."""

import pytest

from deputydesk.errors import FieldError
from deputydesk.operations import sign_in, voter_sharing
from deputydesk.operations.accounts import Role
from deputydesk.ui.accounts_card import AccountsCard
from deputydesk.ui.dialogs.voter_sharing import SharingDialog

BASIS = "区人大〔2026〕3号"


@pytest.fixture
def card(desk, qtbot):
    made = AccountsCard(desk)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    return made


def opened(card) -> SharingDialog:
    card.voters.click()
    return next(w for w in card.window().findChildren(SharingDialog) if w.isVisible())


def test_the_head_turns_it_on_with_a_basis_and_off_again(card, desk):
    dialog = opened(card)
    assert dialog.home.isChecked()
    assert not dialog.form.field("basis").isEnabled()

    dialog.up.click()
    with pytest.raises(FieldError, match="依据"):
        dialog._save()
    dialog.form.set_values({"basis": BASIS})
    dialog.save.click()

    assert not dialog.isVisible()
    assert desk.ask(voter_sharing.sharing).basis == BASIS
    again = opened(card)
    assert again.up.isChecked()
    assert again.form.values()["basis"] == BASIS
    again.home.click()
    again.form.save_next.emit()
    assert not desk.ask(voter_sharing.sharing).goes_up
    desk.undo()
    assert desk.ask(voter_sharing.sharing).goes_up


def test_a_clerk_cannot_decide_it(card, desk):
    sign_in.turn_on(desk.office, "乌兰", "three-horses")
    sign_in.add(desk.office, name="张丽", role=Role.CLERK, password="horse-and-well")
    sign_in.sign_in(desk.office, "张丽", "horse-and-well")

    card.refresh()

    assert not card.voters.isEnabled()
