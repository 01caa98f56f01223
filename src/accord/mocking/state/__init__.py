"""What a mock keeps of what it is sent: items of the contract's resources, in worlds of their own.

Its modules are imported one by one: who only reads what is in the contract needs none but `world`.
"""
