// The look of the chart on paper: inside the SVG, in the light colours of paper.
const kinds = ['#1b62ad', '#8a5300', '#6b4fb8', '#1a6e42', '#a8327d', '#4d5763']

export const paperStyle = `
text{font:11px "Noto Sans SC Variable", sans-serif;fill:#1b222c}
.yz-lin-title{font:bold 18px "Noto Sans SC Variable", sans-serif}
.yz-lin-strip{font:bold 11px "Noto Sans SC Variable", sans-serif}
.yz-lin-grid{stroke:#e4e7eb}
.yz-lin-break{stroke:#b3261e;stroke-dasharray:2 3}
.yz-lin-frame{fill:none;stroke:#8a929c}
.yz-lin-past{fill:#f4f5f7}
.yz-lin-piece{stroke:#8a929c;stroke-width:.5;fill:#fff}
.yz-lin-piece[data-state=done]{fill:#1a6e42}
.yz-lin-piece[data-state=behind]{fill:url(#yz-lin-behind)}
.yz-lin-piece[data-state=active]{fill:#c9dbfb}
.yz-lin-behind-ground{fill:#fcebea}
.yz-lin-behind-line{fill:#b3261e}
.yz-lin-cut{stroke:#fff;stroke-width:.7}
.yz-lin-now{stroke:#1b62ad;stroke-width:1.5;stroke-dasharray:6 4}
.yz-lin-conflict{fill:none;stroke:#b3261e;stroke-width:2}
.yz-lin-promise{fill:none;stroke:#8a929c;stroke-width:1;stroke-dasharray:3 3}
.yz-lin-touch{fill:none;stroke:none}
.yz-lin-plan{fill:none;stroke-width:2.5}
.yz-lin-plan[data-side=right]{stroke-dasharray:12 4}
.yz-lin-block{fill-opacity:.2;stroke-width:1}
.yz-lin-forecast{fill:none;stroke:#1b222c;stroke-width:1.5;stroke-dasharray:2 3}
.yz-lin-actual{fill:none;stroke:#1b222c;stroke-width:2}
${kinds.map((colour, i) => `[data-kind="${i}"] .yz-lin-plan{stroke:${colour}}[data-kind="${i}"] .yz-lin-block{stroke:${colour};fill:${colour}}`).join('\n')}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
`
