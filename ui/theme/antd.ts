// antd's theme made from our tokens: compact, flat, quick.
import { theme as antd, type MappingAlgorithm, type ThemeConfig } from 'antd'
import { type Mode, type Palette, palettes } from './token.ts'

/** antd shades what it is given, in the dark below 4.5:1; these stay as the palette says. */
const exact =
  (p: Palette): MappingAlgorithm =>
  (_, map) => ({
    ...(map ?? antd.defaultAlgorithm(antd.defaultSeed)),
    colorPrimary: p.accent,
    colorPrimaryHover: p.accentHover,
    colorPrimaryActive: p.accentHover,
    colorSuccess: p.good,
    colorWarning: p.warn,
    colorError: p.bad,
    colorErrorHover: p.bad,
    colorErrorActive: p.bad,
    colorInfo: p.info,
    // Grounds of notices: antd would mix a muddy one from our dark state colours.
    colorInfoBg: p.infoSoft,
    colorInfoBorder: p.line,
    colorSuccessBg: p.goodSoft,
    colorSuccessBorder: p.line,
    colorWarningBg: p.warnSoft,
    colorWarningBorder: p.line,
    colorErrorBg: p.badSoft,
    colorErrorBorder: p.line,
  })

export function antdTheme(mode: Mode, touch: boolean, still: boolean): ThemeConfig {
  const p = palettes[mode]
  return {
    algorithm: [mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm, exact(p)],
    hashed: false,
    cssVar: { key: 'yz' },
    token: {
      // One family for the page, on <body>.
      fontFamily: 'inherit',
      fontSize: touch ? 15 : 13,
      controlHeight: touch ? 40 : 30,
      controlHeightSM: touch ? 32 : 24,
      controlHeightLG: touch ? 44 : 36,
      borderRadius: 4,
      borderRadiusLG: 6,
      borderRadiusSM: 3,
      wireframe: false,
      motion: !still,
      motionUnit: 0.05,
      motionBase: 0,
      motionDurationFast: '0.05s',
      motionDurationMid: '0.1s',
      motionDurationSlow: '0.14s',
      // A button at work turns its wheel; its words stay as clear as before.
      opacityLoading: 1,
      colorPrimary: p.accent,

      colorLink: p.accentText,
      colorLinkHover: p.accentHover,
      colorInfo: p.info,
      colorSuccess: p.good,
      colorWarning: p.warn,
      colorError: p.bad,
      colorText: p.text,
      colorTextSecondary: p.textSoft,
      colorTextTertiary: p.textFaint,
      colorTextDescription: p.textFaint,
      colorTextPlaceholder: p.textFaint,
      colorTextDisabled: p.textFaint,
      colorTextLightSolid: p.onAccent,
      colorBgLayout: p.ground,
      colorBgContainer: p.surface,
      colorBgElevated: p.raised,
      colorBorder: p.lineStrong,
      colorBorderSecondary: p.line,
      colorSplit: p.line,
      boxShadowSecondary: p.shadow,
      controlItemBgActive: p.accentSoft,
      controlItemBgActiveHover: p.accentSoft,
    },
    components: {
      Button: {
        defaultBorderColor: p.border,
        defaultHoverColor: p.accentText,
        defaultHoverBorderColor: p.accent,
        defaultActiveColor: p.accentText,
        defaultActiveBorderColor: p.accent,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
      },
      Modal: { titleFontSize: 15 },
      Tooltip: { colorBgSpotlight: mode === 'dark' ? '#39424c' : '#252d38', colorTextLightSolid: '#ffffff' },
      Tabs: { horizontalMargin: '0', titleFontSize: 13 },
      Select: { optionSelectedBg: p.accentSoft },
    },
  }
}
