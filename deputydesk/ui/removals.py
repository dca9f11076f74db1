"""At start: what an erasing could not remove goes, and pictures of papers whose time is over."""

from deputydesk.exchange import erasing, scan_retiring, unfinished
from deputydesk.ui.desk import Desk


def finish(desk: Desk) -> None:
    """Go on with what another program held open, and keep the term of pictures."""
    left = erasing.finish(desk.office)
    if left:
        desk.say(unfinished.sentence(left))
    elif left is not None:
        desk.say("上次彻底删除时没有删掉的文件，现在已经删净。")
    retired = scan_retiring.retire(desk.office)
    if retired:
        desk.say(retired)
