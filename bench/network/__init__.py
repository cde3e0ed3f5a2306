"""A clinic network of any size, made up for the benchmarks: 500 psychologists of 200 patients, a million drafts."""
