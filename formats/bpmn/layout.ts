// Where the shapes of a flow stand in the diagram: left to right, branches below one another. Pure geometry, in BPMN pixels.
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
const task: Size = { width: 140, height: 64 }
const gateway: Size = { width: 50, height: 50 }
const gap = 50
const rowGap = 30

function sizeOf(block: Block): Size {
  if (block.is === 'step' || block.is === 'copy') return task
  const inner = childrenOf(block).map(sizeOf)
  if (block.is === 'sequence')
    return {
      width: inner.reduce((sum, each) => sum + each.width, 0) + gap * Math.max(0, inner.length - 1),
      height: Math.max(gateway.height, ...inner.map(each => each.height)),
    }
  return {
    width: Math.max(0, ...inner.map(each => each.width)) + 2 * (gateway.width + gap),
    height: inner.reduce((sum, each) => sum + each.height, 0) + rowGap * Math.max(0, inner.length - 1),
  }
}

/** Boxes by path; of forks by `path split` and `path join`. Start and end stand before and after all. */
export function layout(root: Block): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>()
  const middle = 60 + sizeOf(root).height / 2
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
      place(each, child(path, index), x + gateway.width + gap, top + inner.height / 2)
      top += inner.height + rowGap
    }
  }
  const event: Size = { width: 36, height: 36 }
  put('start', 60, middle, event)
  place(root, '', 60 + event.width + gap, middle)
  put('end', 60 + event.width + gap + sizeOf(root).width + gap, middle, event)
  return boxes
}
