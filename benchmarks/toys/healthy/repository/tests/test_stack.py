from stack import Stack


def filled(count, limit=10):
    stack = Stack(limit)
    for number in range(count):
        stack.push(number)
    return stack


def test_pop_gives_the_last():
    assert filled(3).pop() == 2


def test_pop_of_nothing():
    assert Stack().pop() is None


def test_peek_stays():
    stack = filled(2)
    assert stack.peek() == 1
    assert len(stack) == 2


def test_push_says_yes():
    assert Stack().push(1)


def test_push_says_no_when_full():
    assert filled(2, limit=2).push(9) is False


def test_a_full_stack_grows_no_more():
    assert len(filled(5, limit=3)) == 3


def test_full_at_ten():
    assert len(filled(30)) == 10


def test_length():
    assert len(filled(4)) == 4
