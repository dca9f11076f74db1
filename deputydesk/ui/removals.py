"""At start: files that an erasing could not remove are removed now, and that is said."""

from deputydesk.exchange import erasing, unfinished
from deputydesk.ui.desk import Desk


def finish(desk: Desk) -> None:
    """Go on with what another program held open when it was to be erased."""
    left = erasing.finish(desk.office)
    if left:
        desk.say(unfinished.sentence(left))
    elif left is not None:
        desk.say("上次彻底删除时没有删掉的文件，现在已经删净。")
