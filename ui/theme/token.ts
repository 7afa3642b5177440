// Design tokens: one accent (石青, the azurite of painted beams), greys, and colours that only ever mean a state.
export type Mode = 'light' | 'dark'

export interface Palette {
  readonly ground: string
  readonly surface: string
  readonly raised: string
  readonly sunken: string
  readonly line: string
  /** Around buttons, whose words already tell what they are. */
  readonly border: string
  /** Around inputs: 3:1 (WCAG 2.2, 1.4.11). */
  readonly lineStrong: string
  readonly text: string
  readonly textSoft: string
  readonly textFaint: string
  readonly accent: string
  readonly accentHover: string
  readonly accentSoft: string
  readonly accentText: string
  readonly onAccent: string
  readonly good: string
  readonly goodSoft: string
  readonly warn: string
  readonly warnSoft: string
  readonly bad: string
  readonly badSoft: string
  readonly info: string
  readonly infoSoft: string
  readonly neutralSoft: string
  readonly shadow: string
}

/** Every text colour reaches 4.5:1 on ground, surface and its soft ground (WCAG 2.2, 1.4.3). */
export const palettes: Readonly<Record<Mode, Palette>> = {
  light: {
    ground: '#f4f5f7',
    surface: '#ffffff',
    raised: '#ffffff',
    sunken: '#f8f9fa',
    line: '#e4e7eb',
    border: '#cfd5dc',
    lineStrong: '#8a929c',
    text: '#1b222c',
    textSoft: '#4d5763',
    textFaint: '#626c78',
    accent: '#1b62ad',
    accentHover: '#15528f',
    accentSoft: '#e8f0f9',
    accentText: '#1a5da4',
    onAccent: '#ffffff',
    good: '#1a6e42',
    goodSoft: '#e6f4ec',
    warn: '#8a5300',
    warnSoft: '#fdf1dc',
    bad: '#b3261e',
    badSoft: '#fcebea',
    info: '#1a5da4',
    infoSoft: '#e8f0f9',
    neutralSoft: '#eef0f3',
    shadow: '0 4px 16px rgb(20 30 45 / 14%)',
  },
  dark: {
    ground: '#0f1317',
    surface: '#161b21',
    raised: '#1d232a',
    sunken: '#12171c',
    line: '#2a323b',
    border: '#3b4550',
    lineStrong: '#66717d',
    text: '#e5e9ee',
    textSoft: '#b0bac5',
    textFaint: '#94a0ac',
    accent: '#3f8fe0',
    accentHover: '#62a6ea',
    accentSoft: '#182a3d',
    accentText: '#78b4f0',
    onAccent: '#06121f',
    good: '#62c894',
    goodSoft: '#14301f',
    warn: '#e2ab4c',
    warnSoft: '#372a12',
    bad: '#f2877f',
    badSoft: '#3b1c1a',
    info: '#78b4f0',
    infoSoft: '#182a3d',
    neutralSoft: '#262d35',
    shadow: '0 4px 20px rgb(0 0 0 / 55%)',
  },
}

const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

/** `accentSoft` → `--accent-soft` on the root element; set by script so that a strict CSP holds. */
export function paint(mode: Mode, root: HTMLElement) {
  root.dataset.theme = mode
  root.style.colorScheme = mode
  for (const [name, value] of Object.entries(palettes[mode])) root.style.setProperty(`--${kebab(name)}`, value)
}
