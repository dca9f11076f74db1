"""What the first tour points at in the window, and what it says there."""

from typing import TYPE_CHECKING

from deputydesk.ui.tour import Stop, Tour

if TYPE_CHECKING:
    from deputydesk.ui.main_window import MainWindow


def show_tour(window: "MainWindow") -> Tour:
    """Begin the tour."""
    top, status = window.top, window.status
    return Tour(
        window,
        (
            Stop(
                top.new,
                "登记一次接待",
                "不论在哪一页，点这里就登记一次接待。按 Enter 到下一格，Ctrl+Enter 保存。",
            ),
            Stop(
                top.search,
                "找人、找事",
                "按 Ctrl+F，输入姓名、拼音首字母（张三输 zs）、编号、正文里的字，或者页面的名称。",
            ),
            Stop(
                top.undo,
                "做错了不要紧",
                "按 Ctrl+Z 撤销，删除和导入也能撤销；少数撤不了的，会说明改怎么做。"
                "鼠标停在这里，写明将要撤销的是什么。",
            ),
            Stop(
                top.print,
                "打印",
                "按 Ctrl+P，先看预览再打印。全部表格在左边的“报表打印”（F8）。",
            ),
            Stop(
                status.backup,
                "备份",
                "退出时自动备份。备份和数据在同一块硬盘上，请隔几天复制一份到 U 盘，"
                "方法见手册“改错、备份、修复”。",
            ),
            Stop(
                top.help,
                "不会了按 F1",
                "在哪里按 F1，手册就打开讲哪里的一段。这个引导以后可以在“设置”（F10）里再看。",
            ),
        ),
    )
