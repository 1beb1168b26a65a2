/** The look of the shop for one page without assets: its colours and spacing, and the nearest system type. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: oklch(0.985 0.006 85); --surface: oklch(0.965 0.008 85); --line: oklch(0.90 0.01 85);
  --ink: oklch(0.22 0.012 60); --ink-soft: oklch(0.46 0.012 60); --accent: oklch(0.50 0.14 50);
  --positive: oklch(0.45 0.11 155); --danger: oklch(0.50 0.17 27); --focus: oklch(0.55 0.17 255);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: oklch(0.19 0.008 70); --surface: oklch(0.23 0.008 70); --line: oklch(0.32 0.01 70);
    --ink: oklch(0.95 0.006 85); --ink-soft: oklch(0.74 0.01 80); --accent: oklch(0.75 0.12 60);
    --positive: oklch(0.76 0.11 155); --danger: oklch(0.74 0.13 27); --focus: oklch(0.72 0.14 255);
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 24px; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 'Instrument Sans Variable', 'Instrument Sans', ui-sans-serif, system-ui, sans-serif; }
a { color: inherit; text-decoration-color: var(--accent); text-underline-offset: 3px; }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 16px; background: var(--paper); padding: 8px 12px; z-index: 1; }
.page { display: grid; grid-template-columns: 240px minmax(0, 1fr); gap: 64px; max-width: 1280px;
  margin: 0 auto; padding: 0 40px 96px; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 48px 0; font-size: 14px;
  scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
nav .mark { font: 400 22px/1 'Fraunces Variable', Fraunces, 'Iowan Old Style', Georgia, serif; display: block;
  margin-bottom: 24px; text-decoration: none; letter-spacing: -0.01em; }
nav ul { list-style: none; margin: 0 0 20px; padding: 0; }
nav li { margin: 0; }
nav li a { display: block; padding: 3px 0; color: var(--ink-soft); text-decoration: none; }
nav li a:hover { color: var(--ink); text-decoration: underline; }
main { padding: 48px 0; min-width: 0; }
h1, h2 { font-family: 'Fraunces Variable', Fraunces, 'Iowan Old Style', Georgia, serif; font-weight: 400;
  letter-spacing: -0.015em; line-height: 1.15; }
h1 { font-size: 48px; margin: 0 0 16px; }
h2 { font-size: 28px; margin: 72px 0 16px; padding-top: 24px; border-top: 1px solid var(--line); }
h3 { font-size: 16px; line-height: 1.5; margin: 0; font-weight: 600; }
h4 { font-size: 14px; margin: 20px 0 6px; color: var(--ink-soft); font-weight: 500; }
p, ul.prose { max-width: 68ch; margin: 0 0 16px; }
.lead { font-size: 18px; color: var(--ink-soft); }
code, pre { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace; font-size: 0.875em; }
pre { background: var(--surface); border: 1px solid var(--line); border-radius: 2px; padding: 16px; margin: 0 0 16px;
  overflow: auto; line-height: 1.55; font-size: 14px;
  scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
article { border: 1px solid var(--line); border-radius: 2px; margin: 0 0 16px; background: var(--paper); }
article > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px; padding: 16px 20px; }
article > header .who { margin-left: auto; color: var(--ink-soft); font-size: 14px; }
article > .body { padding: 0 20px 20px; }
article > .body > p { margin: 12px 0 8px; }
section > h3 { margin: 32px 0 4px; }
.method { font: 600 13px/1 ui-monospace, Menlo, Consolas, monospace; color: var(--accent); min-width: 56px; }
.path { font: 500 14px/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.sum { flex-basis: 100%; color: var(--ink); }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
.scroll { overflow-x: auto; }
th { text-align: left; font-weight: 500; color: var(--ink-soft); }
th, td { padding: 6px 16px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:first-child { white-space: nowrap; }
details > summary { cursor: pointer; font-size: 14px; color: var(--ink-soft); padding: 6px 0; }
tr:target td { background: var(--surface); }
@media (max-width: 860px) {
  .page { grid-template-columns: minmax(0, 1fr); gap: 0; padding: 0 16px 64px; }
  nav { position: static; max-height: none; padding: 24px 0 0; }
  nav .routes { display: none; }
  h1 { font-size: 36px; }
  h2 { margin-top: 48px; }
}
`
