extension TracePage {
    /// Places the rows, draws the commands' spans, filters, and shows bytes. Reads attributes only and writes text
    /// only, so nothing a module said can become markup.
    static let script = #"""

        "use strict";
        (() => {
          const ladder = document.getElementById("ladder");
          const rows = [...ladder.children];
          const detail = document.getElementById("detail");
          const hidden = new Set();
          // 120 pixels a second up to a third of a second; beyond that a pause grows with its logarithm and is labelled.
          const scale = 120, straight = 0.35, longest = 120;

          const gapFor = seconds => seconds <= straight
            ? seconds * scale
            : Math.min(longest, straight * scale + 16 * Math.log2(seconds / straight));
          const words = seconds => seconds < 1 ? Math.round(seconds * 1000) + " ms"
            : seconds < 60 ? seconds.toFixed(1) + " s"
            : Math.floor(seconds / 60) + " min " + Math.round(seconds % 60) + " s";

          function layOut() {
            let before = null;
            for (const row of rows) {
              row.hidden = hidden.has(row.dataset.kind);
              if (row.hidden) continue;
              const time = Number(row.dataset.t) / 1e9;
              const seconds = before === null ? 0 : Math.max(0, time - before);
              const gap = gapFor(seconds);
              row.style.marginTop = gap + "px";
              row.style.setProperty("--gap", gap + "px");
              row.classList.toggle("pause", seconds > straight);
              row.dataset.pause = words(seconds);
              before = time;
            }
            drawSpans();
          }

          // Commands that overlap stand side by side.
          function drawSpans() {
            const top = document.querySelector("main").getBoundingClientRect().top;
            const left = ladder.offsetLeft + 102;
            const ends = [];
            const rowsOf = Map.groupBy(rows.filter(row => !row.hidden), row => row.dataset.x);
            for (const span of document.querySelectorAll(".span")) {
              const own = rowsOf.get(span.dataset.x) ?? [];
              span.hidden = own.length === 0;
              if (span.hidden) continue;
              const first = own[0].getBoundingClientRect(), last = own[own.length - 1].getBoundingClientRect();
              const start = first.top - top + 8, end = last.bottom - top - 2;
              let lane = ends.findIndex(other => other <= start);
              if (lane < 0) lane = ends.length;
              ends[lane] = end;
              span.style.cssText = `top:${start}px;height:${Math.max(6, end - start)}px;left:${left - lane * 8}px`;
            }
          }

          function dump(hex) {
            const lines = [];
            for (let at = 0; at < hex.length && lines.length < 64; at += 32) {
              const pairs = hex.slice(at, at + 32).match(/../g);
              const text = pairs.map(pair => {
                const code = parseInt(pair, 16);
                return code >= 32 && code < 127 ? String.fromCharCode(code) : "·";
              }).join("");
              lines.push((at / 2).toString(16).padStart(4, "0") + "  " + pairs.join(" ").padEnd(49) + text);
            }
            if (hex.length > 64 * 32) lines.push("… " + (hex.length / 2 - 1024) + " more bytes");
            return lines.join("\n");
          }

          function show(row) {
            for (const other of rows) other.classList.toggle("same", row !== null && row.dataset.x !== undefined && other.dataset.x === row.dataset.x);
            detail.hidden = row === null;
            if (row === null) return;
            const count = row.dataset.bytes.length / 2;
            const parts = ["record " + row.dataset.n, "t " + (Number(row.dataset.t) / 1e9).toFixed(6) + " s"];
            if (row.dataset.x !== undefined) parts.push("exchange " + row.dataset.x);
            parts.push(count === 1 ? "1 byte" : count + " bytes");
            if (row.dataset.mask !== undefined) parts.push("masked: " + row.dataset.mask);
            detail.textContent = parts.join("   ") + (count > 0 ? "\n" + dump(row.dataset.bytes) : "");
          }

          for (const row of rows) {
            row.setAttribute("aria-describedby", "detail");
            row.addEventListener("mouseenter", () => show(row));
            row.addEventListener("focus", () => show(row));
          }
          ladder.addEventListener("mouseleave", () => show(null));
          ladder.addEventListener("focusout", () => show(null));
          document.addEventListener("keydown", event => {
            if (event.key === "Escape") return show(null);
            const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
            const visible = rows.filter(row => !row.hidden);
            const place = visible.indexOf(document.activeElement);
            if (step === 0 || place < 0) return;
            event.preventDefault();
            visible[place + step]?.focus();
          });
          for (const button of document.querySelectorAll("button[data-kind]")) {
            button.addEventListener("click", () => {
              const isShown = button.getAttribute("aria-pressed") === "true";
              button.setAttribute("aria-pressed", String(!isShown));
              if (isShown) hidden.add(button.dataset.kind); else hidden.delete(button.dataset.kind);
              layOut();
            });
          }
          addEventListener("resize", drawSpans);
          layOut();
        })();

        """#
}
