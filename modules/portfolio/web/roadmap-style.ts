// The look of the roadmap on paper: inside the SVG, in the light colours of paper.
export const roadmapStyle = `
text{font:11px "Noto Sans SC Variable", sans-serif;fill:#1b222c}
.yz-rm-title{font:bold 18px "Noto Sans SC Variable", sans-serif}
.yz-rm-lane{fill:#fff}
.yz-rm-lane[data-odd=true]{fill:#f8f9fa}
.yz-rm-name{font:bold 12px "Noto Sans SC Variable", sans-serif}
.yz-rm-axis[data-unit=year]{font:bold 12px "Noto Sans SC Variable", sans-serif}
.yz-rm-grid{stroke:#e4e7eb}
.yz-rm-grid[data-unit=year]{stroke:#8a929c}
.yz-rm-bar{fill:#e8f0f9;stroke:#1b62ad}
.yz-rm-done{fill:#1b62ad}
[data-health=late] .yz-rm-bar{fill:#fcebea;stroke:#b3261e}
[data-health=late] .yz-rm-done{fill:#b3261e}
[data-health=watch] .yz-rm-bar{fill:#fdf1dc;stroke:#8a5300}
[data-health=watch] .yz-rm-done{fill:#8a5300}
[data-health=unknown] .yz-rm-bar{fill:#eef0f3;stroke:#8a929c}
.yz-rm-on{fill:none;stroke:#1b222c;stroke-width:1.5}
.yz-rm-contract{stroke:#1b222c;stroke-width:2;stroke-dasharray:3 2}
.yz-rm-milestone path{fill:#fff;stroke:#1b222c;stroke-width:1.5}
.yz-rm-milestone[data-done=true] path{fill:#1b222c}
.yz-rm-milestone[data-late=true] path{stroke:#b3261e}
.yz-rm-milestone[data-late=true] text{fill:#b3261e}
.yz-rm-now line{stroke:#1b62ad;stroke-width:1.5}
.yz-rm-now text{fill:#1b62ad}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
`
