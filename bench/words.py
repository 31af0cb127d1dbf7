"""Words that people could search for: drawn from the titles of the activities in a database, each as often as it occurs.
words.py DB N   prints N lines of one word or two words of the same title; the draw is seeded."""
import random
import re
import sqlite3
import sys

draw = random.Random(1)
db = sqlite3.connect('file:%s?mode=ro' % sys.argv[1], uri=True)
titles = [t for (t,) in db.execute('SELECT title FROM activity ORDER BY doc')]
lines = []
while len(lines) < int(sys.argv[2]) and titles:
    words = re.findall(r'[^\W\d_]{4,}', draw.choice(titles))
    if words:
        lines.append(' '.join(draw.sample(words, min(len(words), draw.choice((1, 2))))))
print('\n'.join(lines))
