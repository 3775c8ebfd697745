"""How long hypothesis may look. A plugin of its own, so that a run without Django has it too."""

from hypothesis import settings

# A slow machine is no failed property; how long things take is measured in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.register_profile("brief", deadline=None, max_examples=20)  # make coverage-domain
settings.load_profile("untimed")
