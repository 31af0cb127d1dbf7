"""tplc and poc refuse what they must, with place and reason: t_tplc.py TPLC POC. Prints TAP."""
import os
import subprocess
import sys
import tempfile

tplc, poc = sys.argv[1:3]
tests = []


def run(args):
    r = subprocess.run(args, capture_output=True, text=True, timeout=60)
    return r.returncode, r.stderr


def template(body, want, line=2, head='{{template t(str s)}}\n', tail='{{end}}\n'):
    """body stands on line 2; want: part of the message, None: it compiles."""
    def test(folder):
        path = os.path.join(folder, 'x.tpl')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(head + body + tail)
        code, err = run([tplc, path, os.path.join(folder, 'x.c'), os.path.join(folder, 'x.h')])
        if want is None:
            return code == 0, err
        return code == 3 and want in err and err.startswith('%s:%d:' % (path, line)), err
    tests.append((body.replace('#', '').replace('\n', ' '), test))


HEAD = ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n')


def messages(name, source, nl, want, fr='msgid "Budget"\nmsgstr "Budget"\n', file='a.c'):
    def test(folder):
        for sub in ('po', 'src'):
            os.mkdir(os.path.join(folder, sub))
        for path, text in (('src/' + file, source), ('po/a.nl.po', HEAD + nl), ('po/a.fr.po', HEAD + fr)):
            with open(os.path.join(folder, path), 'w', encoding='utf-8') as f:
                f.write(text)
        code, err = run([poc] + [os.path.join(folder, p) for p in ('po', 'src', 'o.c', 'o.d')])
        if want is None:
            return code == 0, err
        return code == 3 and want in err, err
    tests.append((name, test))


template('<p>{{s}}</p>', None)
template('<a href="{{url_local(s)}}?q={{s}}">x</a>', None)
template('<p{{if s.n}} class="a"{{end}}>x</p>', None)
template('<textarea> {{s}} </textarea>', None)
template('<script src="/a.js"></script>', None)
template('<script>{{s}}</script>', 'inside <script>')
template('<script>x()</script>', 'script inside the page')
template('<style>{{s}}</style>', '<style> may not be used')
template('<p onclick="{{s}}">', 'holds script')
template('<p ONCLICK="x">', 'holds script')
template('<p style="{{s}}">', 'attribute style')
template('<p style="color:red">', 'attribute style')
template('<iframe srcdoc="{{s}}">', '<iframe>')
template('<meta http-equiv="refresh">', 'http-equiv')
template('<a href={{s}}>', 'without quotes')
template('<a href=x>', 'without quotes')
template('<p {{s}}>', 'may not stand between attributes')
template('<{{s}}>', 'the name of a tag')
template('<p cl{{s}}="x">', 'may not stand between attributes')
template('<p on{{if s.n}}{{end}}click="x">', 'leave a blank')
template('<!-- {{s}} -->', 'inside a comment')
template('{{if s.n}}<p title="{{end}}">', 'ends in an attribute value')
template('{{if s.n}}<a href="/{{else}}<p title="/{{end}}">', 'different places')
template('{{for ;;}}<p {{end}}>', 'the loop begins')
template('<p title="', 'the template ends in an attribute value', tail='{{end}}\n')
template('{{if s.n}}', 'no {{end}}', tail='{{end}}\n', line=1)
template('{{else}}', 'without its {{if}}')
template('{{s', 'without its }}', tail='')
template('<a href="{{_ "Budget"}}">', 'may not stand in an address')
template('<a title="{{html s}}">', '{{html}} may not stand')
template('<p title="{{call t(s)}}">', '{{call}} may not stand')
template('{{_ "{0} of {1}" s}}', 'placeholders')
template('{{n "{0} x" "{0} xs"}}', 'placeholders')
template('< 3', 'write &lt;')

B = 'msgid "Budget"\nmsgstr "Begroting"\n'
C = 'const char *x = MSG("Budget");\n'
messages('translated', C, B, None)
messages('in a template', '{{template t()}}{{_ "Budget"}}{{end}}', B, None, file='a.tpl')
messages('a comment is not a message', C + '/* MSG("Other") */ const char *y = "MSG(\\"Z\\")";', B, None)
messages('missing', C + 'const char *y = MSG("Other");', B, 'a.c:2: no Dutch translation of "Other"')
messages('empty', C, 'msgid "Budget"\nmsgstr ""\n', 'a.nl.po:6: no translation')
messages('fuzzy', C, '#, fuzzy\n' + B, 'a.nl.po:7: marked fuzzy')
messages('unused', C, B + '\nmsgid "Old"\nmsgstr "Oud"\n', 'a.nl.po:9: not used')
messages('obsolete', C, B + '#~ msgid "Old"\n', 'a.nl.po:8: an entry that is no longer used')
messages('twice, differently', C, B + '\nmsgid "Budget"\nmsgstr "Budget"\n', 'a.nl.po:9: translated differently')
messages('context', C, 'msgctxt "x"\n' + B, 'contexts are not used')
messages('blanks', C, 'msgid "Budget"\nmsgstr "Begroting "\n', 'blanks')
messages('not a literal', 'const char *x = MSG(y);', '', 'MSG takes one literal', fr='')
P = 'struct msg_plural x = MSGN("{0} a", "{0} b");'
messages('plural', P, 'msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "een c"\nmsgstr[1] "{0} c"\n', None,
         fr='msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "{0} c"\nmsgstr[1] "{0} c"\n')
messages('plural form missing', P, 'msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "{0} c"\n', '1 forms, Dutch has 2',
         fr='msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "{0} c"\nmsgstr[1] "{0} c"\n')
messages('placeholder lost', P, 'msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "{0} c"\nmsgstr[1] "c"\n', 'placeholders differ',
         fr='msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "{0} c"\nmsgstr[1] "{0} c"\n')

print('1..%d' % len(tests))
for i, (name, test) in enumerate(tests, 1):
    with tempfile.TemporaryDirectory() as folder:
        ok, err = test(folder)
    print('%sok %d - %s' % ('' if ok else 'not ', i, name))
    if not ok:
        print('# ' + err.strip().replace('\n', '\n# ').replace(folder, ''))
