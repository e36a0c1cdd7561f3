"""Deep operators: far more edits than could be tried, asked for where all others fail rehearsal.

A candidate costs a process and a suite, a rehearsal much less. So where no usual edit passes
the failing tests in rehearsal, thousands of unlikely ones are rehearsed, and candidates are spent
on those that pass.
"""
