"""Taking in what deputies noted on their phones: from files, pictures of codes, or a scanner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deputydesk.errors import UserError
from deputydesk.exchange import attachments
from deputydesk.exchange.pictures import PIXELS, SUFFIXES
from deputydesk.office import Office
from deputydesk.operations import pocket_notes
from deputydesk.operations.attachments import Content
from deputydesk.operations.pocket_notes import Intake, NoteRow, NoteState
from deputydesk.progress import SILENT, Progress
from deputydesk.rules.pocket_codes import Collector, looks_like
from deputydesk.rules.pocket_notes import LARGEST, Bundle, Note, read


@dataclass
class Inbox:
    """What was handed over so far: whole bundles, and series of codes that are not whole yet.

    Args:
        office: code of the office; another's notes are refused at once.
    """

    office: str
    collector: Collector = field(default_factory=Collector)
    bundles: list[Bundle] = field(default_factory=list[Bundle])

    def add_scan(self, text: str) -> str:
        """Take what a scanner typed; returns what to say of it.

        Raises:
            UserError: it is no code of ours, was not scanned whole, or the series is another's.
        """
        piece = self.collector.add(text)
        series = self.collector.series[piece.series]
        if series.missing:
            return f"第 {piece.number} 张，已收 {len(series.pieces)} / {series.total} 张。"
        try:
            self._checked(series.whole(piece.series).decode("utf-8", "replace"))
        except UserError:
            del self.collector.series[piece.series]
            raise
        return f"{series.total} 张都收到了。"

    def add_file(self, path: Path) -> str:
        """Take a file that a phone made, or a picture of codes; returns what to say of it.

        Raises:
            UserError: it cannot be read, or holds nothing of ours.
        """
        if path.suffix.lower() in SUFFIXES:
            texts = [text for text in codes_in(path) if looks_like(text)]
            if not texts:
                raise UserError(
                    f"“{path.name}”里没有认出代表随手记的二维码。",
                    hint="请拍清楚一些，让二维码占满画面。",
                )
            return "".join(self.add_scan(text) for text in texts)
        text = _text_of(path)
        if looks_like(text):  # digits that a scanner put into a text file
            lines = [line for line in text.split() if looks_like(line)]
            return [self.add_scan(line) for line in lines][-1]
        bundle = self._checked(text)
        self.bundles.append(bundle)
        return f"“{path.name}”有 {len(bundle.notes)} 条。"

    def whole(self) -> list[Bundle]:
        """Every bundle that is whole."""
        said = [read(data.decode("utf-8", "replace")) for data in self.collector.complete()]
        return [*self.bundles, *said]

    def gaps(self) -> list[str]:
        """What is missing, in sentences."""
        return self.collector.gaps()

    def _checked(self, text: str) -> Bundle:
        bundle = read(text)
        if bundle.office != self.office:
            raise pocket_notes.foreign(bundle)
        return bundle


def codes_in(path: Path) -> list[str]:
    """The texts of all QR codes in a picture.

    Raises:
        UserError: the picture cannot be read.
    """
    import zxingcpp
    from PIL import Image

    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > PIXELS:
                raise UserError(f"图片“{path.name}”的尺寸太大。", hint="请缩小后再试。")
            grey = picture.convert("L")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError(f"图片“{path.name}”读不出来。", hint="请重新拍照或截图。") from error
    return [found.text for found in zxingcpp.read_barcodes(grey)]


def preview(office: Office, bundles: Iterable[Bundle]) -> list[NoteRow]:
    """What each note is to the office; of a note handed over twice, the later one counts.

    Raises:
        UserError: the notes were made for another office.
    """
    today = office.clock().date()
    found: dict[str, NoteRow] = {}
    for bundle in bundles:
        for row in office.ask(pocket_notes.preview, bundle, today=today):
            found[row.id] = row
    return list(found.values())


def take(
    office: Office,
    bundles: Sequence[Bundle],
    accepted: Sequence[str] = (),
    progress: Progress = SILENT,
) -> Intake:
    """Register the notes, photos and all, in one step.

    Args:
        office: the office.
        bundles: what the phones handed over.
        accepted: notes changed on the phone, or removed here, to be taken all the same.
        progress: told of each photo.

    Raises:
        UserError: another office's notes, or a disk that refuses; nothing was changed.
        Cancelled: the user stopped it.
    """
    unfit = {row.id for row in preview(office, bundles) if row.state is NoteState.UNFIT}
    notes = {note.id: note for bundle in bundles for note in bundle.notes}
    store = attachments.store_of(office)
    with attachments.all_or_none(store) as taken:
        photos: dict[str, Content] = {}
        for done, note in enumerate(notes.values()):
            progress.step(done, len(notes), note.matter)
            if note.photo and note.id not in unfit:
                photos[note.id] = _photo(store, note)
                taken.append(photos[note.id])
        return office.do(
            pocket_notes.take,
            notes=tuple(notes.values()),
            photos=photos,
            accepted=tuple(accepted),
        )


def _photo(store: attachments.Store, note: Note) -> Content:
    try:
        return store.take_bytes(f"现场照片 {note.heard_on:%Y-%m-%d}.jpg", note.photo)
    except UserError as error:
        raise UserError(f"“{note.matter}”：{error.message}", hint=error.hint) from error


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(
                f"“{path.name}”太大，不是代表随手记交出的文件。", hint="请选择正确的文件。"
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"“{path.name}”不是代表随手记交出的文件。", hint="请选择 .json 文件或二维码的照片。"
        ) from error
    except OSError as error:
        raise UserError(f"“{path.name}”读不出来。", hint="请检查文件是否还在。") from error
