#!/usr/bin/env python3
"""Other pairs than the kit's: three base texts, drawn amendments, the same exact truth.

    python3 pairs.py --ours 'vedtaegt diff {old} {new} --format segments' [--seeds 20] [--mix all] [--base all] [--copies 1]

A pair is drawn from a seed, so that a bad one can be looked at again: `--keep DIR` leaves old.lst.md, new.lst.md and truth.json there.
Prints the sums of all pairs by mix: a tool that is good at one pair only is seen.
"""
import argparse, json, os, random, re, subprocess, sys, tempfile
H = os.path.dirname(os.path.abspath(__file__)); sys.path.insert(0, H)
import bylaw, gen, score
ROOT = os.path.join(H, "..", "..")
BASES = dict(
    kit=None,
    city=os.path.join(ROOT, "rules/current/styrelsesvedtaegt.md"),
    town=os.path.join(ROOT, "tests/cases/city/lyngvig/rules/current/styrelsesvedtaegt.md"),
    village=os.path.join(ROOT, "tests/cases/city/holmen/rules/current/styrelsesvedtaegt.md"),
)
# How often each operation is drawn, by mix.
MIXES = dict(
    everyday=dict(edit=6, insert_point=2, delete_point=2, move_point=2, insert_stk=1, append=1, insert_section=1, rename=1),
    moves=dict(move_point=10, reorder=2, move_edit=4, move_stk=1, move_section=1, insert_point=1),
    sections=dict(move_section=3, insert_section=3, delete_section=2, move_chapter=1, insert_chapter=1, delete_chapter=1, edit=3),
    splits=dict(split=4, merge=4, edit=3, insert_stk=1, move_edit=1),
    renames=dict(rename=5, edit=3, move_point=3, insert_section=1),
    twins=dict(twin_point=3, near=4, one_word=4, move_point=3, swap=2, delete_point=2, move_word=1),
    rewrite=dict(rewrite=5, edit=6, delete_sentence=3, append=3, delete_stk=1, insert_stk=1),
)
MIXES["all"] = {op: 2 for mix in list(MIXES.values()) for op in mix}
NOUNS = """skoler dagtilbud biblioteker plejehjem havne parker strande veje broer cykelstier svømmehaller museer idrætsanlæg boliger
vandløb kirkegårde varmeværker renseanlæg ungdomsklubber musikskoler kollegier værksteder markeder torve legepladser grønne områder
forsyningsselskaber byggesager erhvervsområder landsbyer arkiver aftenskoler""".split()
DOING = """drift anlæg vedligeholdelse planlægning tilsyn udlejning renovering udvikling forvaltning rengøring belysning
digitalisering koordinering finansiering evaluering""".split()
WHO = """borgere foreninger virksomheder ældre unge pendlere frivillige lejere forældre grundejere handlende lodsejere studerende
erhvervslivet nabokommunerne regionen staten politiet""".split()
ONE = "integration turisme energi beredskab havnedrift folkesundhed rottebekæmpelse valg arkiv vielser".split()
VERBS = "fastsætter fordeler godkender behandler evaluerer offentliggør fremlægger vurderer gennemgår iværksætter".split()

class Bases:
    def __init__(s): s.cache = {}
    def __call__(s, name, copies):
        if name == "kit": return [u for k in range(copies) for u in gen.build(k, copies)], bylaw.DOC["title"], bylaw.DOC["ingress"], "num", True
        text = open(BASES[name], encoding="utf8").read()
        out = []
        for k in range(copies): out += read(text, "" if copies == 1 else f"c{k}.", k)
        title = re.search(r"^# (.*)$", text, re.M).group(1)
        ing = re.search(r"^# .*\n\n([^#§\n].*)$", text, re.M)
        return out, title, ing.group(1) if ing else "", "dash" if "\n– " in text else "num", "## Kapitel" in text

def read(text, pre, k):
    """The strict profile, as units."""
    chapters = []; rubric = ""; sid = tid = pid = 0; sec = stk = pt = None
    sections = {}
    for line in text.split("\n"):
        m = re.match(r"^§ (\d+(?: [a-z])?)\. ", line)
        if m: sections[m.group(1)] = "s" + m.group(1).replace(" ", "")
    def body(t, here):
        def ref(m):
            if re.match(r" i lov| i styrelses|-| og", t[m.end():]): return m.group(0)
            s = sections.get(m.group(1))
            if not s: return m.group(0)
            out = s + ("/" + m.group(2) if m.group(2) else "") + ("/p" + m.group(3) if m.group(2) and m.group(3) else "")
            return "{" + out + "}"
        return gen.tokenize(re.sub(r"§ (\d+(?: [a-z]\b)?)(?:, stk\. (\d+))?(?:, nr\. (\d+))?", ref, t), k, pre)
    for line in text.split("\n"):
        if not line.strip() or line.startswith("# "): continue
        m = re.match(r"^## Kapitel [^.]*\. (.*)", line)
        if m:
            chapters.append(gen.Unit("chapter", pre + f"k{len(chapters)+1}", body(m.group(1), None))); sec = None; continue
        if line.startswith("### "): rubric = line[4:]; continue
        m = re.match(r"^§ (\d+(?: [a-z])?)\. (.*)", line)
        if m:
            if not chapters: chapters.append(gen.Unit("chapter", pre + "k0", []))
            sec = gen.Unit("section", pre + sections[m.group(1)], body(rubric, None)); rubric = ""; chapters[-1].kids.append(sec)
            stk = gen.Unit("stk", sec.id + "/1", body(m.group(2), sec)); sec.kids.append(stk); continue
        m = re.match(r"^Stk\. (\d+)\. (.*)", line)
        if m: stk = gen.Unit("stk", f"{sec.id}/{m.group(1)}", body(m.group(2), sec)); sec.kids.append(stk); continue
        m = re.match(r"^(?:\d+\)|–) (.*)", line)
        if m: pt = gen.Unit("point", f"{stk.id}/p{1+sum(c.kind=='point' for c in stk.kids)}", body(m.group(1), sec)); stk.kids.append(pt); continue
        m = re.match(r"^ +[a-z]\) (.*)", line)
        if m: pt.kids.append(gen.Unit("litra", f"{pt.id}/{len(pt.kids)}", body(m.group(1), sec))); continue
        if sec: stk.kids.append(gen.Unit("text", f"{stk.id}/t{len(stk.kids)}", body(line, sec)))
    # A reference whose target is not there stays words.
    ids = {u.id for u in gen.walk(chapters)}
    for u in gen.walk(chapters): u.body = [b for b in u.body if not isinstance(b, gen.Ref) or b.target in ids]
    return chapters

class Draw:
    def __init__(s, tree, seed, style):
        s.t = tree; s.r = random.Random(seed); s.style = style; s.moved = set(); s.n = 0; s.log = []; s.touched = set()
        s.reordered = set(); s.same = {}; s.used = set()
    def id(s, under, kind): s.n += 1; return f"{under}/new{kind}{s.n}"
    def units(s, kind, least=0, fresh=True):
        return [u for u in gen.walk(s.t) if u.kind == kind and len(words(u)) >= least and not (fresh and s.busy(u))]
    def busy(s, u): return any(u.id == i or u.id.startswith(i + "/") for i in s.touched)
    def up(s, u): return gen.parent(s.t, u.id)
    def referred(s, u):
        inside = {x.id for x in gen.walk([u])}
        return any(isinstance(b, gen.Ref) and b.target in inside for v in gen.walk(s.t) if v.id not in inside for b in v.body)
    def phrase(s):
        while True:
            t = s.one_phrase()
            if t not in s.used: s.used.add(t); return t
    def one_phrase(s):
        r = s.r; a, b = r.sample(DOING, 2); n, m = r.sample(NOUNS, 2)
        return r.choice([f"{a} af {n}", f"{a} og {b} af {n} samt {m}", f"{a} af {n} for {r.choice(WHO)}", f"tilskud til {n} og {m}",
                         f"{a}, {b} og {r.choice(DOING)} af kommunens {n}", f"{n}, {m} og {a} for {r.choice(WHO)}"])
    def sentence(s):
        r = s.r; v, w = r.sample(VERBS, 2); n, m = r.sample(NOUNS, 2); d, e = r.sample(DOING, 2)
        return r.choice([f"Udvalget {v} {d} af {n} og {w} {e} af {m} sammen med {r.choice(WHO)}.",
                         f"Kommunen {v} hvert år, hvordan {n} og {m} stilles til rådighed for {r.choice(WHO)}.",
                         f"Den, der {w} {e} af {m}, hører {r.choice(WHO)} senest {r.randint(3,28)} dage forinden.",
                         f"Borgmesteren {v} {d} af {n}, når {r.choice(WHO)} har bedt om det inden den {r.randint(1,28)}. maj."])
    def unit(s, kind, under, text): return gen.Unit(kind, s.id(under, kind[0]), gen.plain(text, 0, text, 0))
    def pick(s, found): return s.r.choice(found) if found else None
    def shift(s, u, dst, at):
        p, i = s.up(u); p.kids.pop(i); dst.kids.insert(min(at, len(dst.kids)), u); s.moved.add(u.id); s.touched.add(u.id)
    def lists(s): return [u for u in gen.walk(s.t) if u.kind == "stk" and sum(c.kind == "point" for c in u.kids) >= 2]
    def place(s, u):
        """An index among the points of a list."""
        at = [i for i, c in enumerate(u.kids) if c.kind == "point"]
        return s.r.choice(at + [at[-1] + 1])
    # operations; each returns whether it was done
    def edit(s):
        u = s.pick([u for k in ("stk", "point", "litra", "text") for u in s.units(k, 4)])
        if not u: return
        at = [i for i, b in enumerate(u.body[:-1]) if isinstance(b, gen.Tok) and len(b.base) >= 4 and b.base.isalpha() and b.base.islower()]
        if not at: return
        i = s.r.choice(at); n = s.r.choice([1, 1, 2]) if i + 2 < len(u.body) and all(isinstance(b, gen.Tok) and b.base.isalpha() for b in u.body[i:i+2]) else 1
        gen.replace_at(u, i, n, " ".join(s.r.sample(WHO + NOUNS, s.r.choice([1, 1, 2]))), 0); s.touched.add(u.id); return True
    def rewrite(s):
        u = s.pick([u for u in s.units("stk", 8) if len(sentences(u)) >= 2])
        if not u: return
        a, b = s.r.choice(sentences(u)[1:]); u.body[a:b] = spaced(gen.plain(t := s.sentence(), 0, t, 0)); s.touched.add(u.id); return True
    def delete_sentence(s):
        u = s.pick([u for u in s.units("stk", 8) if len(sentences(u)) >= 2])
        if not u: return
        a, b = s.r.choice(sentences(u)[1:]); del u.body[a:b]; s.touched.add(u.id); return True
    def append(s):
        u = s.pick([u for u in s.units("stk", 4) if not u.kids])
        if not u: return
        u.body += spaced(gen.plain(t := s.sentence(), 0, t, 0)); s.touched.add(u.id); return True
    def insert_point(s, text=None):
        u = s.pick(s.lists())
        if not u: return
        v = s.unit("point", u.id, (text or s.phrase()) + ","); u.kids.insert(s.place(u), v); s.touched.add(v.id); return True
    def delete_point(s):
        u = s.pick([u for u in s.units("point") if not s.referred(u)])
        if not u or sum(c.kind == "point" for c in s.up(u)[0].kids) < 3: return
        p, i = s.up(u); p.kids.pop(i); return True
    def move_point(s, least=4, most=99):
        u = s.pick([u for u in s.units("point", least) if len(words(u)) <= most and not s.twin(u)])
        if not u or sum(c.kind == "point" for c in s.up(u)[0].kids) < 3: return
        dst = s.pick([l for l in s.lists() if l is not s.up(u)[0]])
        if not dst: return
        s.shift(u, dst, s.place(dst)); return u
    def move_word(s): return s.move_point(1, 2)
    def twin(s, u):
        text = [b.base for b in u.body if isinstance(b, gen.Tok)][:-1]
        return any(v is not u and v.kind == u.kind and [b.base for b in v.body if isinstance(b, gen.Tok)][:len(text)] == text for v in gen.walk(s.t))
    def move_edit(s):
        u = s.move_point(5)
        if not u: return
        at = [i for i, b in enumerate(u.body[:-1]) if isinstance(b, gen.Tok) and len(b.base) >= 4 and b.base.isalpha() and b.base.islower()]
        if not at: return True
        i = s.r.choice(at)
        if s.r.random() < .5: gen.replace_at(u, i, 1, s.r.choice(WHO + NOUNS), 0)
        else: gen.replace_at(u, i, 1, u.body[i].base + " og " + s.r.choice(WHO + NOUNS), 0)
        return True
    def reorder(s):
        u = s.pick([u for u in s.lists() if len(u.kids) >= 5 and u.id not in s.reordered and all(c.kind == "point" for c in u.kids) and not s.busy(u)])
        if not u: return
        i, j = s.r.sample(range(len(u.kids)), 2)
        if abs(i - j) < 2 or s.busy(u.kids[i]): return
        v = u.kids.pop(i); u.kids.insert(j, v); s.moved.add(v.id); s.touched.add(v.id); s.reordered.add(u.id); return True
    def swap(s):
        u = s.pick([u for u in s.lists() if len(u.kids) >= 3 and u.id not in s.reordered and all(c.kind == "point" for c in u.kids)])
        if not u: return
        i = s.r.randrange(len(u.kids) - 1); a, b = u.kids[i], u.kids[i+1]
        if s.busy(a) or s.busy(b) or len(words(a)) == len(words(b)) or a.kids or b.kids: return
        u.kids[i], u.kids[i+1] = b, a; v = a if len(words(a)) < len(words(b)) else b
        s.moved.add(v.id); s.touched |= {a.id, b.id}; s.reordered.add(u.id); return True
    def twin_point(s):
        u = s.pick(s.units("point", 2))
        if not u: return
        # The copy stands elsewhere: beside its twin nobody could tell which is new.
        dst = s.pick([l for l in s.lists() if l is not s.up(u)[0]])
        if not dst: return
        text = " ".join(b.base for b in u.body if isinstance(b, gen.Tok) and gen.isw(b.base))
        v = s.unit("point", dst.id, text + ","); dst.kids.insert(s.place(dst), v); s.touched |= {v.id, u.id}; return True
    def near(s): return s.insert_point("samarbejde med " + s.r.choice(WHO) + s.r.choice(["", " om " + s.r.choice(NOUNS)]))
    def one_word(s): return s.insert_point(s.r.choice(ONE))
    def insert_stk(s):
        u = s.pick(s.units("section", 0, False))
        if not u: return
        t = s.sentence() + (" " + s.sentence() if s.r.random() < .5 else "")
        v = s.unit("stk", u.id, t); u.kids.insert(s.r.randint(1, len(u.kids)), v); s.touched.add(v.id); return True
    def delete_stk(s):
        u = s.pick([u for u in s.units("stk") if len(s.up(u)[0].kids) > 1 and not s.referred(u)])
        if not u: return
        p, i = s.up(u); p.kids.pop(i); return True
    def move_stk(s):
        u = s.pick([u for u in s.units("stk", 6) if len(s.up(u)[0].kids) > 2])
        dst = s.pick(s.units("section", 0, False))
        if not u or not dst or dst is s.up(u)[0]: return
        s.shift(u, dst, s.r.randint(1, len(dst.kids))); return True
    def insert_section(s):
        c = s.pick([c for c in s.t if c.kids])
        u = s.unit("section", c.id, s.r.choice(DOING).capitalize() + " af " + s.r.choice(NOUNS))
        for _ in range(s.r.randint(1, 3)): u.kids.append(s.unit("stk", u.id, s.sentence()))
        if s.r.random() < .4:
            v = s.unit("stk", u.id, "Opgaverne omfatter:"); u.kids.append(v)
            for _ in range(s.r.randint(2, 5)): v.kids.append(s.unit("point", v.id, s.phrase() + ","))
        c.kids.insert(s.r.randint(0, len(c.kids)), u); s.touched.add(u.id); return True
    def delete_section(s):
        u = s.pick([u for u in s.units("section") if not s.referred(u) and not any(s.busy(x) for x in gen.walk([u]))])
        if not u or len(s.up(u)[0].kids) < 2: return
        p, i = s.up(u); p.kids.pop(i); return True
    def move_section(s):
        u = s.pick([u for u in s.units("section") if len(s.up(u)[0].kids) > 1 and not any(x.id in s.moved for x in gen.walk([u]))])
        dst = s.pick([c for c in s.t if u and c is not s.up(u)[0] and c.kids])
        if not u or not dst: return
        s.shift(u, dst, s.r.randint(0, len(dst.kids))); return True
    def move_chapter(s):
        if len(s.t) < 5: return
        light = sorted(range(len(s.t)), key=lambda i: sum(len(words(x)) for x in gen.walk([s.t[i]])))[:2]
        i = s.r.choice(light); j = s.r.randrange(len(s.t))
        if abs(i - j) < 2 or any(x.id in s.moved for x in gen.walk([s.t[i]])) or getattr(s, "chapters", 0): return
        c = s.t.pop(i); s.t.insert(j, c); s.moved |= {c.id} | {x.id for x in gen.walk([c])}; s.chapters = 1; return True
    def insert_chapter(s):
        if not s.t[0].body: return
        s.n += 1; c = gen.Unit("chapter", f"new{s.n}", gen.plain(t := s.r.choice(NOUNS).capitalize() + " og " + s.r.choice(NOUNS), 0, t, 0))
        for _ in range(2):
            u = s.unit("section", c.id, s.r.choice(DOING).capitalize()); c.kids.append(u)
            for _ in range(s.r.randint(1, 3)): u.kids.append(s.unit("stk", u.id, s.sentence()))
        s.t.insert(s.r.randint(1, len(s.t)), c); s.touched.add(c.id); return True
    def delete_chapter(s):
        c = s.pick([c for c in s.t if not s.referred(c) and not any(s.busy(x) for x in gen.walk([c]))])
        if not c or len(s.t) < 4: return
        s.t.remove(c); return True
    def split(s):
        u = s.pick([u for u in s.units("stk", 12) if not u.kids and len(sentences(u)) >= 2])
        if not u: return
        a, _ = s.r.choice(sentences(u)[1:]); p, i = s.up(u)
        v = gen.Unit("stk", s.id(p.id, "t"), u.body[a:]); u.body = u.body[:a]; p.kids.insert(i + 1, v); s.touched |= {u.id, v.id}; return True
    def merge(s):
        u = s.pick([u for u in s.units("stk", 4) if not u.kids and not s.referred(u)])
        if not u: return
        p, i = s.up(u)
        if i == 0 or p.kids[i-1].kids or s.busy(p.kids[i-1]): return
        v = p.kids[i-1]; v.body += spaced(u.body); p.kids.pop(i); s.touched.add(v.id); return True
    def rename(s):
        names = {b.base for u in gen.walk(s.t) for b in u.body if isinstance(b, gen.Tok) and re.match(r"^[A-ZÆØÅ][\w-]*udvalget$", b.base)} - s.used
        if not names: return
        name = s.r.choice(sorted(names)); new = s.r.choice(NOUNS).capitalize() + s.r.choice(["udvalget", "- og " + s.r.choice(NOUNS).capitalize() + "udvalget"])
        s.used |= {name, new.split()[-1]}
        for u in gen.walk(s.t):
            i = 0
            while i < len(u.body):
                b = u.body[i]
                if isinstance(b, gen.Tok) and b.base in (name, name + "s"):
                    gen.replace_at(u, i, 1, new + ("s" if b.base.endswith("s") else ""), 0); i += len(gen.words(new)) - 1
                i += 1
        return True
    def endings(s, before):
        """The punctuation of a list that came or went follows its order; other lists keep theirs."""
        for l in gen.walk(s.t):
            for kind in ("point", "litra"):
                kids = [c for c in l.kids if c.kind == kind]
                old = before.get(l.id, [])
                if [c.id for c in kids] == old or not kids: continue
                for n, c in enumerate(kids):
                    while len(c.body) > 1 and isinstance(c.body[-1], gen.Tok) and c.body[-1].base in (",", ".", "og", "samt", "eller", ";"): c.tail = [c.body.pop()] + getattr(c, "tail", [])
                    if s.style == "dot": want = ["."]
                    elif n == len(kids) - 1: want = ["."] if kind == "point" or not l.kids else ["."]
                    elif n == len(kids) - 2 and s.style == "num": want = ["og"]
                    else: want = [","]
                    have = getattr(c, "tail", [])
                    if [t.base for t in have] != want: have = [gen.Tok(w, w == "og", 0) for w in want]
                    c.body += have

def words(u): return [b.base for b in u.body if isinstance(b, gen.Tok) and gen.isw(b.base)]
def spaced(body): 
    if body: body[0].sp = True
    return body
def sentences(u):
    out = []; a = 0
    for i, b in enumerate(u.body):
        n = u.body[i+1] if i + 1 < len(u.body) else None
        last = u.body[i-1].base if i and isinstance(u.body[i-1], gen.Tok) else ""
        if isinstance(b, gen.Tok) and b.base == "." and n is not None and isinstance(n, gen.Tok) and n.base[:1].isupper() and n.sp and last not in ("stk", "nr", "kr", "jf"):
            out.append((a, i + 1)); a = i + 1
    return out + [(a, len(u.body))]

def number(tree, style, chapters):
    lab = {}; c = n = 0
    for ch in tree:
        c += 1; lab[ch.id] = (["Kapitel", str(c), "."] if chapters else [], None)
        for se in ch.kids:
            n += 1; lab[se.id] = ([], ["§", str(n)])
            for i, t in enumerate(se.kids, 1):
                place = ["§", str(n)] + ([",", "stk", ".", str(i)] if len(se.kids) > 1 else [])
                lab[t.id] = ((["§", str(n), "."] if i == 1 else ["Stk", ".", str(i), "."]), ["§", str(n), ",", "stk", ".", str(i)])
                j = 0
                for p in t.kids:
                    if p.kind == "text": lab[p.id] = ([], None); continue
                    j += 1
                    lab[p.id] = (["–"] if style == "dash" else [str(j), ")"], ["§", str(n), ",", "stk", ".", str(i), ",", "nr", ".", str(j)])
                    for q, l in enumerate(p.kids): lab[l.id] = ([chr(97+q), ")"], None)
    return lab

def emit(title, ing, tree, lab, moved, chapters):
    out = []
    def blk(u, kind, sec, lt):
        toks = [[t, i > 0 and t not in gen.NOSP_BEFORE, f"L:{u.id}:{i}", "l"] for i, t in enumerate(lt)]
        first = True
        for b in u.body:
            if isinstance(b, gen.Tok): toks.append([b.text, (True if (first and lt) else b.sp and not first), b.key, "t"])
            else:
                parts = ["stk", ".", "1"] if b.target.split(".")[-1].startswith("stk:") else lab[b.target][1]
                for i, t in enumerate(parts): toks.append([t, (b.sp if not first else bool(lt)) if i == 0 else t not in gen.NOSP_BEFORE, b.key + ":%d" % i, "r"])
            first = False
        if toks: out.append(dict(id=u.id, kind=kind, sec=sec, moved=gen.inmoved(u.id, moved), nlab=len(lt), toks=toks))
    blk(title, "title", "", []); blk(ing, "ingress", "", [])
    for ch in tree:
        if chapters: blk(ch, "chapter", "", lab[ch.id][0])
        for se in ch.kids:
            blk(se, "rubric", se.id, [])
            for t in se.kids:
                blk(t, "stk", se.id, lab[t.id][0])
                for p in t.kids:
                    blk(p, p.kind, se.id, lab[p.id][0])
                    for l in p.kids: blk(l, "litra", se.id, lab[l.id][0])
    return out

def make(base, copies, mix, seed, ops, folder):
    gen.CTR[0] = 0
    old, title, ing, style, chapters = Bases()(base, copies)
    if base == "village": style = "dot"
    new = gen.clone(old)
    d = Draw(new, f"{base}{copies}{mix}{seed}", style)
    before = {u.id: [c.id for c in u.kids if c.kind in ("point", "litra")] for u in gen.walk(new)}
    weights = MIXES[mix]; names = sorted(weights); done = 0
    for _ in range(ops * 6):
        if done >= ops: break
        op = d.r.choices(names, [weights[n] for n in names])[0]
        if getattr(d, op)(): done += 1; d.log.append(op)
    d.endings(before)
    lo, ln = number(old, style, chapters), number(new, style, chapters)
    T, I = gen.Unit("title", "T", gen.plain(title, 0, title, 0)), gen.Unit("ingress", "I", gen.plain(ing, 0, ing, 0))
    alive = {u.id for u in gen.walk(new)}; was = {u.id for u in gen.walk(old)}
    d.moved &= alive & was
    B0, B1 = emit(T, I, old, lo, d.moved, chapters), emit(T, I, new, ln, d.moved, chapters)
    ot = {t[2]: t[0] for b in B0 for t in b["toks"]}; nt = {t[2]: t[0] for b in B1 for t in b["toks"]}
    for B, oth in ((B0, nt), (B1, ot)):
        for b in B:
            for t in b["toks"]:
                k = t[2]
                t.append("X" if k not in oth else "R" if oth[k] != t[0] else "M" if b["moved"] else "K")
    ren = {t[2].rsplit(":", 1)[0] for b in B1 for t in b["toks"] if t[4] == "R"}
    top = sorted(m for m in d.moved if not any(m != o and (m.startswith(o + "/")) for o in d.moved))
    truth = dict(copies=copies, ops=max(1, done), renum=len(ren), moved_units=top, oplog=d.log, old=B0, new=B1)
    os.makedirs(folder, exist_ok=True)
    json.dump(truth, open(folder + "/truth.json", "w"), ensure_ascii=False)
    for nm, B in (("old", B0), ("new", B1)):
        open(f"{folder}/{nm}.lst.md", "w").write(gen.mdlist([(b["kind"], gen.text(b), b["id"]) for b in B]))
    return truth

def main():
    a = argparse.ArgumentParser(); a.add_argument("--ours", required=True); a.add_argument("--seeds", type=int, default=10)
    a.add_argument("--first", type=int, default=0); a.add_argument("--mix", default=",".join(MIXES)); a.add_argument("--base", default="kit,city,town,village")
    a.add_argument("--copies", type=int, default=1); a.add_argument("--ops", type=int, default=25); a.add_argument("--keep"); a.add_argument("--each", action="store_true")
    a = a.parse_args()
    KEYS = ("marked", "min_words", "false_marks", "false_move_marks", "edits_hidden_in_moves", "mispaired_words", "split_words", "accept_ok", "reject_ok")
    head = f"{'mix':10}{'base':9}{'pairs':>6}{'storm':>7}{'P':>7}{'R':>7}{'F1m':>7}{'moves':>9}{'mispair':>8}{'false.m':>8}{'hidden':>7}{'split':>6}{'acc/rej':>8}{'worst P, R, F1m (seed)':>40}"
    print(head); bad = 0
    for mix in a.mix.split(","):
        for base in a.base.split(","):
            tot = {k: 0 for k in KEYS}; ps = []; rs = []; fs = []; mv = [0, 0]
            for seed in range(a.first, a.first + a.seeds):
                folder = os.path.join(a.keep or tempfile.gettempdir(), f"pair-{mix}-{base}-{a.copies}-{seed}")
                ops = a.ops * a.copies if base != "village" else max(3, a.ops // 5) * a.copies
                truth = make(base, a.copies, mix, seed, ops, folder)
                if not any(t[4] in "XR" for side in ("old", "new") for b in truth[side] for t in b["toks"]): continue
                p = subprocess.run(a.ours.format(old=folder + "/old.lst.md", new=folder + "/new.lst.md").split(), capture_output=True)
                r = score.score(truth, json.loads(p.stdout.decode("utf8")))
                for k in KEYS: tot[k] += r[k]
                ps.append((r["precision"], seed)); rs.append((r["recall"], seed)); fs.append((r["F1_moves"], seed))
                x, y = r["moves_shown"].split("/"); mv[0] += int(x); mv[1] += int(y)
                if a.each: print(f"   {mix} {base} {seed} " + " ".join(f"{k}={r[k]}" for k in ("storm", "precision", "recall", "F1_moves", "moves_shown", "mispaired_words", "false_move_marks", "edits_hidden_in_moves")))
            n = len(ps); mean = lambda l: sum(x for x, _ in l) / n
            if n: print(f"{mix:10}{base:9}{n:6}{tot['marked']/max(1,tot['min_words']):7.2f}{mean(ps):7.3f}{mean(rs):7.3f}{mean(fs):7.3f}{mv[0]:5}/{mv[1]:<4}{tot['mispaired_words']:7}{tot['false_move_marks']:8}{tot['edits_hidden_in_moves']:7}{tot['split_words']:6}{tot['accept_ok']:4}/{tot['reject_ok']:<3}"
                  f"  {min(ps)[0]:.3f} ({min(ps)[1]}), {min(rs)[0]:.3f} ({min(rs)[1]}), {min(fs)[0]:.3f} ({min(fs)[1]})", flush=True)
if __name__ == "__main__": main()
