"""Scenarios that a team writes for its mock: which answer comes when, and in which order.

Its modules are imported one by one: a mock without scenarios needs none of them.
"""
