"""A simulated task built in the admin by people who write no code.

``document`` ↔ raw values of blocks: ``*_rows.py``, ``elements.py``, ``screens.py``, ``judgement.py`` (pure); the blocks
themselves stand in ``blocks/``, the draft and its verbs in modules named after them.
"""
