/** Of the pages that mail links to: one card, in the colours that the reader's system likes. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f4f1, #14181b); --card: light-dark(#fff, #1d2327); --line: light-dark(#d5d9d3, #384147);
  --text: light-dark(#1c2326, #e8ecea); --quiet: light-dark(#566065, #a3aeb0); --brand: light-dark(#0b6b57, #5fd0b0);
  --on-brand: light-dark(#fff, #08231c); --good: light-dark(#e3f3ec, #12352b); --bad: light-dark(#fbe9e7, #43201d);
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif;
}
main {
  width: min(26rem, 100%); padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  box-shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 12px 32px rgb(0 0 0 / 8%);
}
.brand { display: flex; align-items: center; gap: .5rem; margin: 0 0 1.5rem; color: var(--brand); font-weight: 600; }
.brand svg { width: 1.5rem; height: 1.5rem; }
h1 { margin: 0 0 .5rem; font-size: 1.4rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 1.25rem; color: var(--quiet); }
label { display: block; margin-top: 1rem; margin-bottom: .375rem; font-weight: 600; }
input, button { width: 100%; min-height: 2.75rem; padding: .5rem .875rem; border-radius: .625rem; font: inherit; }
input { border: 1px solid var(--quiet); background: var(--ground); color: inherit; }
button { margin-top: 1rem; border: 0; background: var(--brand); color: var(--on-brand); font-weight: 600; cursor: pointer; }
button.other { background: none; color: var(--brand); margin-top: .25rem; }
.hint { margin: .5rem 0 0; font-size: .875rem; }
input[readonly] { background: none; border-style: dashed; }
.offer { color: var(--text); }
a { color: var(--brand); }
button:hover { filter: brightness(1.08); }
button[aria-disabled=true] { opacity: .6; cursor: progress; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
[role=status]:not(:empty) { margin: 1.25rem 0 0; padding: .75rem 1rem; border-radius: .625rem; background: var(--bad); color: var(--text); }
[role=status].done { background: var(--good); }
[role=status].busy { background: none; color: var(--quiet); padding: 0; }
[hidden] { display: none; }
`;
