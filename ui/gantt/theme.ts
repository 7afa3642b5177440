// The Gantt's colours: CSS variables for light and dark, and the palette that the canvas reads from them.
// Calm by rule: one accent, red only for critical or late, everything else ink and grey.

const light = {
  bg: '#ffffff',
  'bg-header': '#f7f8fa',
  'bg-hover': '#f4f6f9',
  'bg-selected': '#e9f0fd',
  'bg-editor': '#ffffff',
  'bg-raised': '#ffffff',
  line: '#e9ebef',
  'line-strong': '#d5d9e0',
  text: '#1f2329',
  'text-2': '#4e545d',
  'text-3': '#646a73',
  accent: '#2f6fed',
  'accent-soft': '#c9dbfb',
  /** The accent as text: dark enough on every background. */
  'accent-strong': '#1f5fdb',
  'accent-text': '#ffffff',
  off: '#f4f5f7',
  holiday: '#eef0f3',
  bar: '#a9c4f5',
  'bar-edge': '#7fa5ec',
  'bar-done': '#4a80e4',
  critical: '#c4331f',
  'bar-critical': '#f3b3a9',
  'bar-critical-edge': '#e58b7d',
  'bar-critical-done': '#cf3b26',
  summary: '#474e5a',
  'summary-done': '#8b93a1',
  milestone: '#474e5a',
  baseline: '#c6cad2',
  /** The second of two baselines: told from the first without its place. */
  'baseline-2': '#c9a55c',
  /** Bars that belong to no float path in view. */
  aside: '#dfe2e7',
  'path-1': '#c4331f',
  'path-2': '#a85b00',
  'path-3': '#6f6a00',
  'path-4': '#2a7a4b',
  'path-5': '#13758a',
  'path-6': '#2a5fc9',
  'path-7': '#6b4fb8',
  'path-8': '#a23b7c',
  'path-9': '#5b6470',
  float: '#9aa1ad',
  link: '#a2a9b5',
  'link-critical': '#e07f70',
  status: '#6b4fb8',
  deadline: '#474e5a',
  pending: '#8f959e',
  shadow: 'rgba(31, 35, 41, 0.14)',
} as const

const dark: Record<keyof typeof light, string> = {
  bg: '#17191d',
  'bg-header': '#1d2025',
  'bg-hover': '#1f2329',
  'bg-selected': '#1e2c47',
  'bg-editor': '#101215',
  'bg-raised': '#24282e',
  line: '#282c33',
  'line-strong': '#3a4049',
  text: '#e4e7eb',
  'text-2': '#a6adb8',
  'text-3': '#8f97a2',
  accent: '#5b8ff5',
  'accent-soft': '#2b4378',
  'accent-strong': '#82aaf9',
  'accent-text': '#0e1420',
  off: '#1b1e22',
  holiday: '#1f2227',
  bar: '#36507f',
  'bar-edge': '#4a6aa6',
  'bar-done': '#5b8ff5',
  critical: '#f0705d',
  'bar-critical': '#74352d',
  'bar-critical-edge': '#a14b3f',
  'bar-critical-done': '#f0705d',
  summary: '#b4bbc6',
  'summary-done': '#6c7480',
  milestone: '#b4bbc6',
  baseline: '#535a65',
  'baseline-2': '#8d7440',
  aside: '#30353d',
  'path-1': '#f0705d',
  'path-2': '#e0a458',
  'path-3': '#c2bd5b',
  'path-4': '#6fc48f',
  'path-5': '#5fc0d0',
  'path-6': '#82aaf9',
  'path-7': '#b29cf0',
  'path-8': '#e08bbd',
  'path-9': '#9aa4b1',
  float: '#6f7783',
  link: '#5d6570',
  'link-critical': '#b3584b',
  status: '#a58be6',
  deadline: '#b4bbc6',
  pending: '#7d8590',
  shadow: 'rgba(0, 0, 0, 0.5)',
}

export type Token = keyof typeof light
export type Palette = Readonly<Record<Token, string>>
export type Theme = 'light' | 'dark'

export const palettes: Readonly<Record<Theme, Palette>> = { light, dark }

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, value]) => `--gantt-${name}:${value}`)
    .join(';')

/** Style sheet text: the variables only. A host may override any of them on an ancestor of the Gantt. */
export const themeCss = `
.yzg-gantt{${variables(light)};color-scheme:light}
.yzg-gantt[data-theme='dark']{${variables(dark)};color-scheme:dark}
`

/** What the canvas paints with: the variables as they stand on the element, so that a host's override reaches the canvas too. */
export function readPalette(element: HTMLElement, theme: Theme): Palette {
  const style = getComputedStyle(element)
  const fallback = palettes[theme]
  const palette: Record<Token, string> = { ...light }
  let name: Token
  for (name in light) palette[name] = style.getPropertyValue(`--gantt-${name}`).trim() || fallback[name]
  return palette
}

export const FONT =
  "'Noto Sans SC Variable','Noto Sans SC','PingFang SC','Microsoft YaHei',system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"

/** Row heights: dense for a mouse, taller for a finger. */
export const ROW_HEIGHT = 28
export const ROW_HEIGHT_TOUCH = 40
export const TIER_HEIGHT = 22
