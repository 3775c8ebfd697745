"""The pictures in docs/screenshots, taken of the demo (invented content): light, dark, and 390 px wide.

python3 -m launcher with-services --migrate --web -- .venv/bin/python -m scripts.screenshots
"""
