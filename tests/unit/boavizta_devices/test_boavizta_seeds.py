"""The seed says each subcategory once, and why one is no object of ours."""


def test_each_subcategory_is_there_once(subcategories):
    names = [row["device_subcategory"] for row in subcategories]
    assert len(names) == len(set(names)) == 20


def test_a_subcategory_without_an_object_says_why(subcategories):
    assert [row for row in subcategories if not row["object_id"] and not row["note"]] == []
