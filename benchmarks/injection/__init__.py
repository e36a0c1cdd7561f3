"""Random injected defects: an injector from published taxonomies, a case builder and a judge.

It shares nothing with the researchers: it is their exam.
"""
