"""Worlds that several processes share: kept in a Redis or a PostgreSQL, and changed by one at a time.

Its modules are imported one by one: a mock that keeps its state in its own process needs none but `stores`.
"""
