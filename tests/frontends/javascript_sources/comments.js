/* a */ x /* b */ + /* c */ y // d
f(/* nothing */); f(a /* b */, /* c */ d); [/* e */]; [a, /* f */ b]; ({ /* g */ }); ({ a: /* h */ b /* i */, /* j */ c })
if (/* a */ x /* b */) /* c */ { /* d */ } /* e */ else /* f */ { /* g */ }
for (/* a */ let i = 0 /* b */; /* c */ i < 1 /* d */; /* e */ i++ /* f */) /* g */ { /* h */ }
for (/* a */ const x /* b */ of /* c */ y /* d */) /* e */ z; while (/* a */ x /* b */) /* c */ y; do /* a */ x /* b */; while (/* c */ y /* d */)
switch (/* a */ x /* b */) { /* c */ case /* d */ 1 /* e */: /* f */ y; /* g */ default /* h */: /* i */ z /* j */ }
try /* a */ { /* b */ } /* c */ catch /* d */ (/* e */ e /* f */) /* g */ { /* h */ } /* i */ finally /* j */ { /* k */ }
function /* a */ f /* b */ (/* c */ a /* d */, /* e */ b = /* f */ 1 /* g */) /* h */ { /* i */ return /* j */ x /* k */ }
class /* a */ A /* b */ extends /* c */ B /* d */ { /* e */ a /* f */ = /* g */ 1 /* h */; /* i */ m /* j */ () /* k */ { /* l */ } static /* m */ { /* n */ } }
(/* a */ x /* b */); (/* a */ x /* b */, /* c */ y /* d */); (/* a */ x) => /* b */ y; async /* a */ (x) => /* b */ { /* c */ }; await /* a */ x
a /* b */ . /* c */ d; a /* b */ ?. /* c */ d; a /* b */ [ /* c */ d /* e */ ]; new /* a */ A /* b */ (/* c */); a /* b */ ? /* c */ d /* e */ : /* f */ g
let /* a */ x1 /* b */ = /* c */ 1 /* d */, /* e */ y1; var { /* a */ z1 /* b */ : /* c */ w1 /* d */ } = /* e */ o; throw /* a */ x /* b */
import /* a */ { /* b */ q /* c */ as /* d */ r /* e */ } /* f */ from /* g */ 'm' /* h */; export /* a */ { /* b */ x1 /* c */ as /* d */ s /* e */ };
`a${/* b */ c /* d */}e`; l: /* a */ for (;;) { break /* b */ l /* c */ } // end
