// Where the shapes of a flow stand in the diagram: left to right, branches below one another, each on a row of its own, so that no
// line runs through a shape and no words lie on a line. Pure geometry, in BPMN pixels.
import { type Block, child, childrenOf } from '@yingzao/engines/approval'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
interface Size {
  readonly width: number
  readonly height: number
}
export interface Layout {
  /** By path; of forks by `path split` and `path join`; `start` and `end` stand before and after all. */
  readonly boxes: ReadonlyMap<string, Box>
  /** The height of each branch's line, by its path: where nothing stands in a branch its line runs there alone. */
  readonly rows: ReadonlyMap<string, number>
  readonly width: number
  readonly height: number
}
const task: Size = { width: 140, height: 64 }
const gateway: Size = { width: 50, height: 50 }
const gap = 50
const rowGap = 34
const margin = 60
/** From a fork to where its branches part. */
export const bend = 25
/** Beyond it, over the line of a case, its condition is written so wide. */
export const labelWidth = 128

/** Between a split and its branches: conditions need room for their words. */
const lead = (block: Block): number => (block.is === 'choice' ? bend + labelWidth + 16 : gap)

function sizeOf(block: Block): Size {
  if (block.is === 'step' || block.is === 'copy') return task
  const inner = childrenOf(block).map(sizeOf)
  if (block.is === 'sequence')
    return {
      width: inner.reduce((sum, each) => sum + each.width, 0) + gap * Math.max(0, inner.length - 1),
      height: Math.max(gateway.height, ...inner.map(each => each.height)),
    }
  return {
    width: Math.max(0, ...inner.map(each => each.width)) + 2 * gateway.width + lead(block) + gap,
    height: inner.reduce((sum, each) => sum + each.height, 0) + rowGap * Math.max(0, inner.length - 1),
  }
}

export function layout(root: Block): Layout {
  const boxes = new Map<string, Box>()
  const rows = new Map<string, number>()
  const whole = sizeOf(root)
  const middle = margin + whole.height / 2
  const put = (name: string, x: number, centre: number, { width, height }: Size) =>
    boxes.set(name, { x, y: Math.round(centre - height / 2), width, height })
  const place = (block: Block, path: string, x: number, centre: number): void => {
    if (block.is === 'step' || block.is === 'copy') {
      put(path, x, centre, task)
      return
    }
    if (block.is === 'sequence') {
      let at = x
      for (const [index, each] of block.of.entries()) {
        place(each, child(path, index), at, centre)
        at += sizeOf(each).width + gap
      }
      return
    }
    const size = sizeOf(block)
    put(`${path} split`, x, centre, gateway)
    put(`${path} join`, x + size.width - gateway.width, centre, gateway)
    let top = centre - size.height / 2
    for (const [index, each] of childrenOf(block).entries()) {
      const inner = sizeOf(each)
      const row = top + inner.height / 2
      rows.set(child(path, index), Math.round(row))
      place(each, child(path, index), x + gateway.width + lead(block), row)
      top += inner.height + rowGap
    }
  }
  const event: Size = { width: 36, height: 36 }
  put('start', margin, middle, event)
  place(root, '', margin + event.width + gap, middle)
  const right = margin + event.width + gap + whole.width + gap
  put('end', right, middle, event)
  return { boxes, rows, width: right + event.width + margin, height: whole.height + 2 * margin }
}
