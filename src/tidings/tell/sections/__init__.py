"""The sections of the brief behind the first, each a function from the shelf to rows of a draft.

A row is (sentence, values, claims, documents, when).
"""
