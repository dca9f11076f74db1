"""Pieces of the pictures that are kept of pages: many boxes side by side tell who is an outlier."""

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO

from deputydesk.exchange import attachments as files
from deputydesk.exchange import scan_papers
from deputydesk.exchange.scan_pictures import SEES
from deputydesk.late import dataclass
from deputydesk.office import Office, Right, refuse_without
from deputydesk.operations.scan_pages import PageShown
from deputydesk.operations.scan_runs import RunRow
from deputydesk.progress import SILENT, Progress
from deputydesk.rules.page_sight import Place, Sight


@dataclass(frozen=True)
class Cut:
    """A piece of a picture.

    Args:
        digest: the picture.
        place: what of it.
    """

    digest: str
    place: Place


def sight(run: RunRow, page: PageShown) -> Sight | None:
    """Where the boxes of a page lie in its picture; None where that is not known."""
    window = page.quality.get("window")
    if window is None or not scan_papers.has_layout(run.details):
        return None
    boxes = scan_papers.layout_of(run.details, page.number).boxes
    count = len(page.rows)
    return Sight.of(window, [(b.row, b.option, b.x, b.y, b.side) for b in boxes if b.row < count])


def cuts(office: Office, wanted: Sequence[Cut], progress: Progress = SILENT) -> list[bytes]:
    """The pieces as PNG, in the order in which they are wanted; empty where a picture is gone.

    Raises:
        NotAllowed: the user does not evaluate.
        Cancelled: the user stopped it.
    """
    refuse_without(Right.EVALUATE, SEES, office.user)
    from PIL import Image

    store = files.store_of(office)
    by_picture: dict[str, list[int]] = defaultdict(list)
    for number, cut in enumerate(wanted):
        by_picture[cut.digest].append(number)
    made = [b""] * len(wanted)
    for done, (digest, numbers) in enumerate(by_picture.items()):
        progress.step(done, len(by_picture))
        data = store.read(digest) if digest else None
        if data is None:
            continue
        with Image.open(BytesIO(data)) as picture:
            for number in numbers:
                at = wanted[number].place
                piece = picture.crop(
                    (round(at.left), round(at.top), round(at.right), round(at.bottom))
                )
                out = BytesIO()
                piece.save(out, "PNG", compress_level=1)
                made[number] = out.getvalue()
    return made
