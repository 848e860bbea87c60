"""The style sheet of the reviews: the viewer's own fonts, nothing from elsewhere, legible on a screen and on A4 without colour."""

from __future__ import annotations

from typing import Final

__all__ = ["STYLE"]

STYLE: Final = """
:root { --ink: #1b1f24; --soft: #57606a; --line: #c9d1d9; --back: #f5f7f9; --short: #8c2d04; --reached: #8fb8de; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 20px 28px 60px; max-width: 1180px; color: var(--ink); background: #fff;
  font: 15px/1.55 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif; }
html[lang=en] body { font-family: "Segoe UI", "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 25px; margin: 0 0 2px; }
h2 { font-size: 19px; margin: 30px 0 10px; padding-top: 8px; border-top: 2px solid var(--ink); }
h3 { font-size: 16px; margin: 20px 0 6px; }
p { margin: 4px 0; }
.soft, .by, .sum, .art { color: var(--soft); }
.soft { font-size: 13.5px; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 14px 0; }
.tile { border: 1px solid var(--line); border-top: 4px solid var(--reached); padding: 8px 12px 10px; }
.tile.missed { border-top-color: var(--short); }
.tile.open { border-top-color: var(--line); }
.tile h3 { margin: 0; font-size: 14px; font-weight: 600; color: var(--soft); }
.tile .big { font-size: 25px; font-weight: 650; line-height: 1.35; white-space: nowrap; }
.tile p { font-size: 13px; margin: 1px 0; }
.yes { color: #16507f; font-weight: 600; white-space: nowrap; }
.no { color: var(--short); font-weight: 700; white-space: nowrap; }
.non { color: var(--soft); white-space: nowrap; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 26px; align-items: start; }
.two > * { min-width: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; margin: 4px 0 10px; }
th { text-align: left; font-weight: 600; color: var(--soft); border-bottom: 1.5px solid var(--ink); padding: 4px 8px 4px 0; vertical-align: bottom; word-break: keep-all; }
td { border-bottom: 1px solid var(--line); padding: 4px 8px 4px 0; vertical-align: top; unicode-bidi: isolate; overflow-wrap: break-word; }
td.n { text-align: right; padding-right: 14px; }
th.n { text-align: right; padding-right: 14px; }
td, .big, .sum { font-variant-numeric: tabular-nums; }
.sum, .keep, .by { white-space: nowrap; }
.roomy { min-width: 145px; }
.notes { margin: 2px 0 10px; padding-left: 20px; font-size: 13.5px; }
details { border: 1px solid var(--line); margin: 6px 0; padding: 0 12px; }
details[open] { padding-bottom: 8px; }
summary { cursor: pointer; padding: 7px 0; font-weight: 600; }
summary .soft { font-weight: 400; margin-left: 10px; }
summary:focus-visible, a:focus-visible { outline: 3px solid #0b6bcb; }
a { color: #0b4f94; }
figure { margin: 0 0 18px; break-inside: avoid; }
figcaption { font-weight: 600; margin-bottom: 4px; }
figure .soft { font-weight: 400; }
.plot { display: block; width: 100%; height: auto; max-width: 560px; font-size: 14px; fill: var(--ink); }
.plot .r { fill: #8fb8de; }
.plot .s { fill: #8c2d04; }
.plot .g { stroke: #dde3e8; }
.plot .g0 { stroke: #57606a; }
.plot .m { stroke: #111; stroke-width: 2; stroke-dasharray: 4 3; }
.plot .k { stroke: #fff; stroke-width: 5; }
.plot .t, .plot .a { font-size: 12px; fill: #57606a; }
.plot .h { font-weight: 600; font-size: 12.5px; }
.plot .v { font-variant-numeric: tabular-nums; }
.key { font-size: 13px; color: var(--soft); margin: 0 0 10px; }
.key i { display: inline-block; width: 14px; height: 11px; margin: 0 5px 0 14px; background: #8fb8de; }
.key i.s { background: #8c2d04; }
.key i.m { background: none; height: 0; border-top: 2px dashed #111; vertical-align: 4px; width: 20px; }
@media (max-width: 800px) { .tiles { grid-template-columns: 1fr 1fr; } .two { grid-template-columns: 1fr; } }
@page { size: A4; margin: 13mm 12mm 15mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { padding: 0; max-width: none; font-size: 10pt; line-height: 1.4; }
  h1 { font-size: 16pt; } h2 { font-size: 13pt; margin-top: 14pt; } h3 { font-size: 11pt; margin-top: 9pt; }
  table { font-size: 8.5pt; } td, th { padding: 2pt 5pt 2pt 0; } td.n, th.n { padding-right: 9pt; }
  .tiles { grid-template-columns: repeat(4, 1fr); gap: 6pt; } .tile { padding: 4pt 6pt; }
  .tile .big { font-size: 14pt; } .tile p, .tile h3, .soft, .key { font-size: 8.5pt; }
  .two { grid-template-columns: 1fr 1fr; gap: 0 14pt; } .first .two { grid-template-columns: 5fr 4fr; } .first td { padding: 1.5pt 4pt 1.5pt 0; }
  .first { break-after: page; }
  thead { display: table-header-group; } tr, figure, .tile { break-inside: avoid; } h2, h3, summary { break-after: avoid; }
  .wide { overflow: visible; } .sum:not(.keep) { white-space: normal; } .notes { font-size: 8.5pt; } details { border: 0; border-top: 1px solid var(--line); padding: 0; } a { color: inherit; text-decoration: none; }
}
"""
"""The style sheet, printed and on a screen; it names no address."""
