<a />; <a></a>; <a>text</a>; <a b="c" />; <a b={c} />; <a b={c} d={e}>{f}</a>; <a {...b} />; <a {...b} c={d} {...e}>{g}</a>; <></>; <>{a}{b}</>;
<A.B.C d={e} />; <a:b c:d='e' />; <a-b c-d={e} />; <a>{}</a>; <a>{/* c */}</a>; <a>{/* c */ b}</a>; <a>{b /* c */}</a>; <a>{...b}</a>; <a>{b}text{c}</a>;
<a><b><c d={e}>{f}</c></b>{g}</a>; <a b=<c d={e} /> f={<g h={i} />} />; <a>{b && <c d={e} />}</a>; <a>{b.map(x => <c key={x}>{x}</c>)}</a>;
<a b={() => { f(); return <c>{d}</c> }} />; <a b={async () => { await f() }} c={`x${y}`} />; const x = <a>{b}</a>; f(<a>{b}</a>, <c />); x ? <a>{b}</a> : <c />;
<a b='"' c="'" d="&quot;">it's "quoted" &amp; // not a comment {b} /* nor this */</a>; () => <a>{b}</a>; <a b={c}
  d={e}
>
  text {f}
</a>
