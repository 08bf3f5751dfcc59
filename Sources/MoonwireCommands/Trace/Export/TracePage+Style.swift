extension TracePage {
    /// Colours differ in lightness too, and every kind has a word in the filter: nothing depends on hue alone.
    static let style = """

        :root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --faint: #59636e; --rule: #d1d9e0; --shade: #f3f5f7;
          --command: #0550ae; --data: #6639ba; --info: #24292f; --ok: #116329; --error: #b3121d; --result: #0a6b74;
          --urc: #8a4600; --noise: #7d4e57; }
        @media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --ink: #e6edf3; --faint: #9aa4af; --rule: #343b44;
          --shade: #171d25; --command: #79b8ff; --data: #c7a6ff; --info: #d5dde5; --ok: #5fd07a; --error: #ff8a84;
          --result: #5fd4de; --urc: #ffb366; --noise: #dba2ac; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.4 system-ui, sans-serif; }
        header { position: sticky; top: 0; z-index: 3; padding: 12px 20px 8px; background: var(--paper);
          border-bottom: 1px solid var(--rule); }
        h1 { margin: 0; font-size: 16px; overflow-wrap: anywhere; }
        header p { margin: 2px 0 8px; color: var(--faint); }
        .filters { display: flex; flex-wrap: wrap; gap: 6px; }
        button { font: inherit; color: var(--kind, var(--ink)); background: var(--shade); border: 1px solid currentColor;
          border-radius: 12px; padding: 1px 10px; cursor: pointer; }
        button[aria-pressed=false] { color: var(--faint); background: none; text-decoration: line-through; border-style: dashed; }
        button span { opacity: .75; }
        main { position: relative; max-width: 1040px; margin: 0 auto; padding: 0 20px 60px; }
        .lanes, .row { display: grid; grid-template-columns: 92px 26px minmax(0, 1fr) 60px; }
        .lanes { padding: 12px 0 8px; color: var(--faint); font-weight: 600; }
        .lanes span:nth-child(2) { margin-left: -6px; }
        .lanes span:nth-child(4) { text-align: right; }
        #ladder { list-style: none; margin: 0; padding: 0; position: relative; }
        #ladder::before, #ladder::after { content: ""; position: absolute; top: 0; bottom: -24px; width: 2px; background: var(--rule); }
        #ladder::before { left: 104px; }
        #ladder::after { right: 16px; }
        .row { position: relative; min-height: 22px; outline: none; scroll-margin-top: 120px; }
        .row[hidden] { display: none; }
        .row:hover, .row:focus, .row.same { background: var(--shade); }
        .row:focus-visible { outline: 2px solid var(--kind); outline-offset: -2px; }
        .row time { color: var(--faint); font: 12px/22px ui-monospace, monospace; }
        .row .text { grid-column: 3; font: 13px/20px ui-monospace, monospace; color: var(--kind); padding: 0 22px 2px 12px;
          white-space: pre-wrap; overflow-wrap: anywhere; z-index: 1; }
        .row.out .text, .row.back .text { border-bottom: 1px solid var(--kind); margin: 0 -42px 0 -20px;
          padding-left: 32px; padding-right: 60px; position: relative; }
        .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .row.back .text { border-bottom-style: dashed; text-align: right; }
        .row.out .text::after, .row.back .text::after { content: ""; position: absolute; bottom: -5px; border: 5px solid transparent;
          border-bottom-width: 4px; border-top-width: 4px; }
        .row.out .text::after { right: -2px; border-left-color: var(--kind); border-right: 0; }
        .row.back .text::after { left: 0; border-right-color: var(--kind); border-left: 0; }
        .row.none .text { text-align: center; font-style: italic; }
        .command { --kind: var(--command); } .data { --kind: var(--data); } .echo, .prompt { --kind: var(--faint); }
        .info { --kind: var(--info); } .final { --kind: var(--ok); } .error { --kind: var(--error); }
        .result { --kind: var(--result); } .urc { --kind: var(--urc); } .noise { --kind: var(--noise); } .note { --kind: var(--faint); }
        .row.command .text, .row.error .text { font-weight: 600; }
        .pause::before { content: attr(data-pause); position: absolute; left: 92px; top: calc(-1 * var(--gap) / 2 - 9px); z-index: 2;
          font: 11px/18px system-ui, sans-serif; color: var(--faint); background: var(--paper); padding: 0 6px;
          border: 1px dashed var(--rule); border-radius: 9px; margin-left: -12px; }
        #spans { position: absolute; inset: 0; pointer-events: none; }
        .span { position: absolute; width: 6px; border-radius: 3px; opacity: .85; background: var(--ok); }
        .span.failed { background: var(--error); } .span.open { background: var(--faint); }
        #detail { position: fixed; right: 16px; bottom: 16px; z-index: 4; max-width: min(620px, 92vw); max-height: 50vh; overflow: auto;
          padding: 10px 14px; background: var(--paper); border: 1px solid var(--faint); border-radius: 8px;
          box-shadow: 0 4px 18px rgb(0 0 0 / .25); font: 12px/1.5 ui-monospace, monospace; white-space: pre; }
        @media print { header { position: static; } #detail, .filters { display: none; } }

        """
}
