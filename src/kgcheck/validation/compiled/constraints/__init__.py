"""The constraint components of SHACL Core, in the groups of section 4 of the standard.

Each follows pySHACL where that and the standard differ, so that both give the same results.
"""
