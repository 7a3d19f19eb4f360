"""Where the tests of the grader find what they import: the grader, the report, the line for each check."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.join(HERE, *up) for up in ([".."], ["..", "..", "harness"], ["..", "..", "suite"])]
