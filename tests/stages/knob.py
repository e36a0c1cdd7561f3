"""A contract of one declared knob, for tests of the tuner inside a run."""

CONTRACT = """\
name: knob
repository: {path: repo, snapshot: true}
editable: [settings.yaml]
metric: {kind: command, command: ["{python}", knob.py]}
budget: {repeats: 2}
hyperparameters:
  - {file: settings.yaml, key: k, type: int, low: 1, high: 40}
"""
