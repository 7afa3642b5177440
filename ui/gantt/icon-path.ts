// The Gantt's few line icons, 16 × 16, drawn with the current colour.

const paths = {
  done: 'M3 8.5l3.2 3.2L13 5',
  late: 'M8 3v6.5M8 12.2v.3',
  constraint: 'M6 3H4v10h2M8 8h5',
  deadline: 'M8 2.5v10M4.5 9L8 12.5 11.5 9',
  note: 'M3.5 3h9v7l-3 3h-6zM9.5 13v-3h3',
  manual: 'M8 13V5M5.5 7L8 4.5 10.5 7M4 3h8',
  inactive: 'M3 8h10',
  expand: 'M6 4l4 4-4 4',
  collapse: 'M4 6l4 4 4-4',
  undo: 'M6 3.5L3 6.5l3 3M3 6.5h6a4 4 0 0 1 0 8H7',
  redo: 'M10 3.5l3 3-3 3M13 6.5H7a4 4 0 0 0 0 8h2',
  indent: 'M2.5 3.5h11M7 6.5h6.5M7 9.5h6.5M2.5 12.5h11M2.5 6.5L5 8 2.5 9.5',
  outdent: 'M2.5 3.5h11M7 6.5h6.5M7 9.5h6.5M2.5 12.5h11M5 6.5L2.5 8 5 9.5',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5M6.8 7v4M9.2 7v4',
  link: 'M6.5 9.5l3-3M7 5l1.5-1.5a2.5 2.5 0 0 1 3.9 0 2.5 2.5 0 0 1 0 3.5L11 8.5M9 11l-1.5 1.5a2.5 2.5 0 0 1-3.9 0 2.5 2.5 0 0 1 0-3.5L5 7.500',
  fit: 'M3 6V3h3M13 6V3h-3M3 10v3h3M13 10v3h-3',
  today: 'M3 4h10v9H3zM3 7h10M5.500 2.500v3M10.500 2.500v3M8 9v2',
  search: 'M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10.300 10.300L13.500 13.500',
  filter: 'M2.500 3.500h11L9.500 8.500v4l-3-1.500v-2.500z',
  columns: 'M3 3h10v10H3zM6.300 3v10M9.700 3v10',
  export: 'M8 2.500v7M5 6.500l3 3 3-3M3 11v2.500h10V11',
  more: 'M3.500 8h.01M8 8h.01M12.500 8h.01',
  baseline: 'M3 5h8M3 5v2.500h8V5M5 10.500h8',
  list: 'M3 4h10M3 8h10M3 12h10',
  chart: 'M3 3.500h5M5 8h6M8 12.500h5',
  critical: 'M2.500 4h4.500v4h4v4h2.500',
  paths: 'M2.500 4h3c3 0 2 8 5 8h3M2.500 12h3c1 0 1.500-1 2-2M11 10l2.500 2L11 14M10 4h3.500',
  levels: 'M3 3.500h10M6 8h7M9 12.500h4',
  close: 'M4 4l8 8M12 4l-8 8',
} as const

export type IconName = keyof typeof paths

export const iconPath = (name: IconName): string => paths[name]
