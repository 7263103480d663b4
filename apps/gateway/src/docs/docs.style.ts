export const docsStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f4f1, #14181b); --card: light-dark(#fff, #1d2327); --line: light-dark(#d5d9d3, #384147);
  --text: light-dark(#1c2326, #e8ecea); --quiet: light-dark(#566065, #a3aeb0); --brand: light-dark(#0b6b57, #5fd0b0);
}
* { box-sizing: border-box; }
body { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 6rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 .5rem; }
h2 { margin: 3rem 0 .25rem; }
h3 { margin: 1.25rem 0 .375rem; font-size: .95rem; }
p { margin: 0 0 .75rem; color: var(--quiet); max-width: 48rem; }
a { color: var(--brand); }
nav ul { display: flex; flex-wrap: wrap; gap: .375rem 1.25rem; margin: 0; padding: 0; list-style: none; }
details { margin: .5rem 0; padding: 0 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .625rem; }
details[open] { padding-bottom: 1rem; }
summary { display: flex; flex-wrap: wrap; gap: .25rem .75rem; padding: .625rem 0; cursor: pointer; }
summary code { font-weight: 600; overflow-wrap: anywhere; }
summary span { color: var(--quiet); }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem; }
pre { margin: 0 0 .5rem; padding: .75rem 1rem; overflow: auto; max-height: 28rem; background: var(--ground); border-radius: .5rem; }
.type { margin: .25rem 0; font-size: .875rem; }
table { border-collapse: collapse; }
th, td { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top; }
dl { display: grid; grid-template-columns: 3.5rem 1fr; gap: .375rem .5rem; margin: 0; }
dt { font-weight: 600; }
dd { margin: 0; min-width: 0; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
`;
