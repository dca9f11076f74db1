from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.name_lists import alternatives, names_in

NAMES = st.lists(st.sampled_from(["王伟", "高娃", "巴特尔·达来", "欧阳娜娜"]), min_size=1)


@given(NAMES, st.sampled_from(["\n", "、", "，", ",", ";", "\t", "\r\n", " / "]))
def test_a_list_gives_its_names_however_they_are_parted(names, between):
    assert names_in(between.join(names)) == names


def test_numbers_and_notes_are_dropped():
    assert names_in("1. 王伟（女）\n2、高娃\n（3）丁一\n④ 李娜\n\n5） ") == [
        "王伟",
        "高娃",
        "丁一",
        "李娜",
    ]


def test_a_name_with_a_space_is_one_and_two_names_are_two():
    assert alternatives("张　三") == (("张三",), ("张", "三"))
    assert alternatives("王伟 高娃") == (("王伟高娃",), ("王伟", "高娃"))
    assert alternatives("王伟代表") == (("王伟代表",), ("王伟",))
    assert alternatives("代表") == (("代表",),)


@given(st.text())
def test_any_text_is_taken(text):
    for piece in names_in(text):
        assert alternatives(piece)[0][0]
