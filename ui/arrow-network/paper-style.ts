// The look of the network on paper: inside the SVG, so that the downloaded file looks the same anywhere.
export const paperStyle = `
.yz-net-paper {
  fill: #fff;
}
text {
  font: 12px "Noto Sans SC Variable", sans-serif;
  fill: #1b222c;
}
.yz-net-title {
  font: bold 18px "Noto Sans SC Variable", sans-serif;
}
.yz-net-cell {
  fill: none;
  stroke: #cfd5dc;
}
.yz-net-grid {
  stroke: #e4e7eb;
}
.yz-net-border {
  stroke: #8a929c;
}
.yz-net-touch {
  fill: none;
  stroke: none;
}
.yz-net-line,
.yz-net-dashed {
  fill: none;
  stroke: #1b222c;
  stroke-width: 1.2;
}
.yz-net-dashed {
  stroke-dasharray: 4 3;
}
.yz-net-head {
  fill: #1b222c;
}
.yz-net-critical .yz-net-line {
  stroke: #b3261e;
  stroke-width: 2.4;
}
.yz-net-critical .yz-net-dashed {
  stroke: #b3261e;
}
.yz-net-critical .yz-net-head {
  fill: #b3261e;
}
.yz-net-node circle {
  fill: #fff;
  stroke: #1b222c;
}
.yz-net-node text {
  font-size: 10px;
}
.yz-net-node .yz-net-event {
  font-size: 11px;
}
.yz-net-duration {
  fill: #4d5763;
}
.yz-net-front polyline {
  fill: none;
  stroke: #1b62ad;
  stroke-width: 2;
  stroke-dasharray: 8 3;
}
.yz-net-front circle {
  fill: #1b62ad;
}
`
