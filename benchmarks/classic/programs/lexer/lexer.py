"""A tokenizer for a small programming language, with places for error messages."""

KEYWORDS = {"if", "else", "while", "return"}
DOUBLE = {"==", "!=", "<=", ">=", "->"}
SINGLE = set("+-*/=<>(){};,")


class LexError(ValueError):
    """Something that starts no token; the message tells line and column."""


class Lexer:
    """Walks over a source text; lines and columns are counted from 1."""

    def __init__(self, source):
        self.source = source
        self.at = 0
        self.line = 1
        self.line_start = 0

    def tokens(self):
        """All tokens as (kind, text, line, column)."""
        result = []
        while True:
            self.skip_blank()
            if self.at >= len(self.source):
                return result
            start, column = self.at, self.at - self.line_start + 1
            kind = self.advance()
            text = self.source[start : self.at]
            if text in KEYWORDS:
                kind = "keyword"
            result.append((kind, text, self.line, column))

    def skip_blank(self):
        """Skips spaces, newlines, and comments from "#" to the end of the line."""
        while self.at < len(self.source):
            letter = self.source[self.at]
            if letter == "\n":
                self.line += 1
                self.line_start = self.at + 1
            elif letter == "#":
                self.take_while(lambda c: c != "\n")
                continue
            elif not letter.isspace():
                return
            self.at += 1

    def advance(self):
        """Moves behind the next token and returns its kind."""
        letter = self.source[self.at]
        if letter.isdigit():
            self.take_while(str.isdigit)
            return "number"
        if letter.isalpha() or letter == "_":
            self.take_while(lambda c: c.isalnum() or c == "_")
            return "name"
        if letter == '"':
            return self.string()
        if self.source[self.at : self.at + 2] in DOUBLE:
            self.at += 2
            return "sign"
        if letter in SINGLE:
            self.at += 1
            return "sign"
        raise self.error(f"unexpected {letter!r}")

    def string(self):
        """Moves behind a string; a backslash protects the letter after it."""
        end = self.at + 1
        while end < len(self.source) and self.source[end] not in '"\n':
            end += 2 if self.source[end] == "\\" else 1
        if end >= len(self.source) or self.source[end] == "\n":
            raise self.error("a string without an end")
        self.at = end + 1
        return "string"

    def take_while(self, accepted):
        """Moves on while letters are accepted."""
        while self.at < len(self.source) and accepted(self.source[self.at]):
            self.at += 1

    def error(self, message):
        """The error for the current place."""
        return LexError(f"{message} at {self.line}:{self.at - self.line_start + 1}")
