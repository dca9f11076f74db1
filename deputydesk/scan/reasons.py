"""Why a page is refused, a row is doubtful: a code for programs, words for the clerk."""

from enum import StrEnum
from typing import Self


class _Said(StrEnum):
    """A code that has words: what is so, and what to do now."""

    words: str
    hint: str

    def __new__(cls, code: str, words: str, hint: str = "") -> Self:
        made = str.__new__(cls, code)
        made._value_ = code
        made.words = words
        made.hint = hint
        return made


_AGAIN = "请把这一页放平、放正，用灰度200 dpi重新扫描。"
_WHOLE = "请检查文件，重新复制或者重新扫描。"


class Refusal(_Said):
    """Why a page is not read; nothing of it counts."""

    FILE_GONE = "file_gone", "文件读不到了，U盘可能已被拔出。", "请插好U盘，重新导入这份文件。"
    FILE_TOO_LARGE = "file_too_large", "文件超过2 GB。", "请分成几份扫描后再导入。"
    FILE_UNKNOWN = "file_unknown", "不是能读的文件。", "请导入 PDF、JPG、PNG 或 TIFF 文件。"
    FILE_DAMAGED = "file_damaged", "文件已损坏，打不开。", _WHOLE
    FILE_LOCKED = "file_locked", "文件设了密码，打不开。", "请用没有密码的文件。"
    TOO_MANY_PAGES = "too_many_pages", "文件超过10000页。", "请分成几份扫描后再导入。"
    PAGE_DAMAGED = "page_damaged", "这一页的图像已损坏。", _WHOLE
    PICTURE_TOO_LARGE = "picture_too_large", "这一页的图像尺寸太大。", _AGAIN
    TOO_SMALL = "too_small", "图像太小，看不清方框。", _AGAIN
    BLANK_PAGE = "blank_page", "这一页是空白的。", "如果不是空白页，请翻面重新扫描。"
    BLACK_PAGE = "black_page", "这一页是黑的。", _AGAIN
    NO_CODE = "no_code", "没有找到表上的二维码。", f"不是本系统印的表就不用管；是的话，{_AGAIN}"
    FOREIGN_CODE = "foreign_code", "二维码不是本系统印的表上的。", "请拿出这一页。"
    OTHER_FORM = "other_form", "这一页是另一种表，或者另一个版式。", "请拿出，放到它自己的那一批。"
    OTHER_RUN = "other_run", "这一页不是这一批的。", "请拿出，放到它自己的那一批。"
    RESOLUTION_TOO_LOW = "resolution_too_low", "分辨率太低，看不清方框。", _AGAIN
    MARKS_MISSING = "marks_missing", "四角的黑色定位块找不到，或者被遮住了。", _AGAIN
    GEOMETRY_IMPLAUSIBLE = "geometry_implausible", "这一页变形太大。", _AGAIN
    CUT_OFF = "cut_off", "方框有一部分在图像外面。", _AGAIN
    NOT_MATCHING = "not_matching", "方框和印出去的表对不上。", "请核对是不是同一版的表；" + _AGAIN


class Doubt(_Said):
    """Why a person has to look at a row."""

    DOUBLE = "double", "选了不止一项。"
    CORRECTED = "looks_like_correction", "好像涂掉了一项，改选了另一项。"
    WEAK = "weak_or_partial", "方框里有笔迹，但很淡，或者只有一点。"
    CIRCLED = "circled", "画的是圈，没有在方框里打勾。"
    LINE = "line_down_the_column", "好像从上到下画了一条线。"
    SHARED = "ink_shared_with_other_row", "这里的笔迹和别的行连在一起。"
    BESIDE = "ink_beside_box", "方框外面有笔迹。"
    OUTLINE = "ink_on_outline", "另一个方框的边线上好像有笔迹。"
    FILLED = "filled_unlike_the_rest", "这里涂满了，和这一页别处的画法不同。"
    SMALL = "small_unlike_the_rest", "这里的笔迹比这一页别处的小得多。"
    SPECK = "speck_or_dot", "只有一个点，可能是污点。"
    LOST = "outline_lost", "方框的边线看不清。"
    DUST = "dust_line", "扫描仪玻璃上有灰尘，一条细线穿过这里。"
    BLANK_BILEVEL = "blank_on_bilevel_scan", "这一行好像没有选；黑白扫描会丢掉淡的笔迹。"
    BROKEN = "strokes_lost_in_black_and_white", "黑白扫描把这一页的笔画弄断了，可能还丢了别的笔迹。"
    ERASED = "stroke_nearly_erased", "黑白扫描几乎擦掉了这一页的一处笔迹，可能还丢了别的笔迹。"
    DROWNED = "marks_lost_in_noise", "图像不清楚，这一页的笔迹又很淡，可能还有看不出来的笔迹。"
    BLANK_NOISY = "blank_on_noisy_image", "这一行好像没有选；图像不清楚，淡的笔迹看不出来。"
    BLANK_LIGHT = "blank_on_light_page", "这一行好像没有选；这一页的笔迹都很淡。"
    BLANK_MANY = "page_mostly_blank", "这一页好像大部分没有选。"
    UNLIKE = "unlike_what_is_certain", "和看得准的笔迹不大一样。"
    OVER = "more_than_allowed", "选的比应选的多。"
