"""Pictures of pages that were read: a row, a page's rows, the whole page; a batch let go."""

import io

from deputydesk.errors import UserError
from deputydesk.exchange import attachments as files
from deputydesk.exchange import scan_papers, scan_retiring
from deputydesk.office import Office, Right, refuse_without
from deputydesk.operations import attachments, scan_batches, scan_decisions, scan_runs
from deputydesk.operations.scan_pages import WHOLE, PageShown
from deputydesk.operations.scan_runs import RunRow

SEES = "看票面"
"""What may be done by who evaluates."""


def picture(office: Office, page: PageShown) -> bytes | None:
    """The rows of a page, laid straight; None if they are gone.

    Raises:
        NotAllowed: the user does not evaluate.
    """
    refuse_without(Right.EVALUATE, SEES, office.user)
    return files.store_of(office).read(page.picture) if page.picture else None


def strip(office: Office, run: RunRow, page: PageShown, row: int) -> bytes | None:
    """A row of a page with half of its neighbours, as PNG; None if the picture is gone."""
    from PIL import Image

    data = picture(office, page)
    if data is None:
        return None
    window = page.quality["window"]
    boxes = scan_papers.layout_of(run.details, page.number).boxes
    here = [box.y + box.side / 2 for box in boxes if box.row == row]
    beside = [box.y + box.side / 2 for box in boxes if abs(box.row - row) == 1]
    middle = here[0]
    apart = min((abs(y - middle) for y in beside), default=2 * boxes[0].side)
    with Image.open(io.BytesIO(data)) as whole:
        top = round((middle - apart - window["y"]) * window["scale"])
        bottom = round((middle + apart - window["y"]) * window["scale"])
        made = io.BytesIO()
        whole.crop((0, max(0, top), whole.width, min(whole.height, bottom))).save(made, "PNG")
    return made.getvalue()


def whole(office: Office, page_id: str, reason: str) -> bytes:
    """A whole page; of a secret run only for the head, and who looks and why is kept.

    On the margins of a secret paper may be handwriting by which its voter is known.

    Raises:
        NotAllowed: the user may not see it.
        UserError: no reason where one is needed, or the picture is gone.
    """
    if office.ask(scan_runs.of_page, page_id).secret:
        office.do(scan_decisions.look_at, page_id=page_id, reason=reason)
    else:
        refuse_without(Right.EVALUATE, SEES, office.user)
    rows = office.ask(attachments.rows, "scan_page", page_id)
    digest = next((row.digest for row in rows if row.purpose == WHOLE), "")
    data = files.store_of(office).read(digest) if digest else None
    if data is None:
        raise UserError("这一页的图像已按保留期限删除，或者不见了。")
    return data


def remove(office: Office, batch_id: str) -> None:
    """Let a batch go again, before it counts, with its pictures.

    Raises:
        UserError: its run is booked.
    """
    with scan_retiring.letting_go(office, office.ask(scan_batches.contents, batch_id)):
        office.do(scan_batches.remove, batch_id=batch_id)
