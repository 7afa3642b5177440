// The time header: two or three tiers of years to minutes, with today's and the status date's flags.
import { dayOf, MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import type { Scene, Viewport } from './scene.ts'
import { widthOf } from './text-width.ts'
import { FONT, TIER_HEIGHT } from './theme.ts'
import { floorTo, nextOf, type TierUnit, tierLabels, tiersFor, toMinute, toX } from './time-scale.ts'

/** The header is always three tiers high, so that zooming never makes the rows jump. */
export const HEADER_HEIGHT = TIER_HEIGHT * 3

export function drawHeader(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport): void {
  const { palette } = scene
  ctx.fillStyle = palette['bg-header']
  ctx.fillRect(0, 0, view.width, HEADER_HEIGHT)
  const tiers = tiersFor(view.ppm)
  const height = HEADER_HEIGHT / tiers.length
  tiers.forEach((unit, i) => {
    drawTier(ctx, scene, view, unit, tiers[i - 1], i * height, height, i === 0)
  })
  ctx.fillStyle = palette['line-strong']
  ctx.fillRect(0, HEADER_HEIGHT - 1, view.width, 1)
  flag(ctx, view, scene.statusDate, palette.status)
  flag(ctx, view, scene.today, palette.accent)
}

function drawTier(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  view: Viewport,
  unit: TierUnit,
  outer: TierUnit | undefined,
  top: number,
  height: number,
  coarse: boolean,
): void {
  const { palette, lang } = scene
  ctx.font = `${coarse ? '600 ' : ''}12px ${FONT}`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  const end = toMinute(view, view.scrollLeft + view.width)
  if (!coarse) {
    ctx.fillStyle = palette.line
    ctx.fillRect(0, top, view.width, 1)
  }
  const cells: { at: number; x1: number; x2: number; labels: readonly string[] }[] = []
  for (let at = floorTo(unit, toMinute(view, view.scrollLeft)); at < end; ) {
    const next = nextOf(unit, at)
    const x1 = toX(view, at) - view.scrollLeft
    cells.push({ at, x1, x2: toX(view, next) - view.scrollLeft, labels: tierLabels(lang, unit, at, outer) })
    at = next
  }
  // All cells of a tier speak alike: as short as the narrowest of them needs ("9月, 10月", never "9月, 10").
  const fits = (words: string | undefined, room: number) => words !== undefined && widthOf(ctx, words) <= room
  const length = Math.max(
    0,
    ...cells.map(({ x1, x2, labels }) => {
      const found = labels.findIndex(words => fits(words, x2 - x1 - 6))
      return found < 0 ? labels.length - 1 : found
    }),
  )
  for (const { at, x1, x2, labels } of cells) {
    if (unit === 'day' && !coarse && scene.shiftsOn?.(dayOf(at)).length === 0 && x2 - x1 >= 4) {
      ctx.fillStyle = palette.holiday
      ctx.fillRect(Math.round(x1), top + 1, Math.round(x2) - Math.round(x1), height - 1)
    }
    ctx.fillStyle = coarse ? palette['line-strong'] : palette.line
    ctx.fillRect(Math.round(x1), top, 1, height)
    // A wide cell keeps its words in sight while it is scrolled through.
    const left = Math.max(x1, 0)
    const right = Math.min(x2, view.width)
    const label = labels[Math.min(length, labels.length - 1)]
    if (label === undefined || !fits(label, right - left - 4)) continue
    const width = widthOf(ctx, label)
    const isToday = scene.today !== undefined && unit === 'day' && dayOf(scene.today) * MINUTES_PER_DAY === at
    ctx.fillStyle = isToday ? palette.accent : coarse ? palette.text : palette['text-2']
    const sticky = coarse || x2 - x1 > 160
    ctx.fillText(label, sticky ? left + 6 : left + (right - left - width) / 2, top + height / 2 + 1)
  }
}

function flag(ctx: CanvasRenderingContext2D, view: Viewport, at: number | undefined, color: string): void {
  if (at === undefined) return
  const x = Math.round(toX(view, at) - view.scrollLeft) + 0.5
  if (x < -8 || x > view.width + 8) return
  ctx.fillStyle = color
  ctx.beginPath()
  ctx.moveTo(x - 5, HEADER_HEIGHT - 7)
  ctx.lineTo(x + 5, HEADER_HEIGHT - 7)
  ctx.lineTo(x, HEADER_HEIGHT)
  ctx.closePath()
  ctx.fill()
}
