// What differs between the generations of .mpp: names of folders, sizes, numbers; everything else is read by one code.
import { narrowVariable, type VariableLayout, wideVariable } from './block.ts'
import { narrowText, u32 } from './bytes.ts'
import type { Storage } from './compound.ts'

/** File formats of Microsoft Project: 8 = Project 98, 9 = 2000–2003, 12 = 2007, 14 = 2010 and later. */
export type Generation = 8 | 9 | 12 | 14

export interface Layout {
  generation: Generation
  /** Folder that holds the plan. */
  folder: string
  /** Folder of views, filters and macros. */
  views: string
  /** Stream of the properties of the file itself, such as its password. */
  fileProps: string
  variable: VariableLayout
}

const folders: readonly (readonly [Generation, string, string, string])[] = [
  [14, '   114', '   214', 'Props14'],
  [12, '   112', '   212', 'Props12'],
  [9, '   19', '   29', 'Props9'],
  [8, '   1', '   2', 'Props'],
]

/** Names by which people know the generations. */
export const generationName: Readonly<Record<Generation, string>> = {
  8: '98',
  9: '2000–2003',
  12: '2007',
  14: '2010–2021',
}

/** What the file says of its maker: program and format, `Microsoft.Project 16.0` and `MSProject.MPP14`. */
export function makerOf(root: Storage): { program: string; format: string } {
  const data = root.stream('\u0001CompObj')
  if (!data) return { program: '', format: '' }
  const length = u32(data, 28)
  const program = narrowText(data, 32, Math.min(length, 200))
  const at = 32 + length
  return { program, format: at + 4 < data.length ? narrowText(data, at + 4, Math.min(u32(data, at), 200)) : '' }
}

/** The layout of a file; undefined when it is no plan of Microsoft Project. */
export function layoutOf(root: Storage): Layout | undefined {
  const { format } = makerOf(root)
  const said = /^MSProject\.(?:MPP|MPT|GLOBAL)(\d+)$/i.exec(format)?.[1]
  const known = folders.find(([generation]) => String(generation) === said && root.folder(folderOf(generation)))
  const [generation, folder, views, fileProps] = known ?? folders.find(([, name]) => root.folder(name)) ?? []
  if (generation === undefined || folder === undefined || views === undefined || fileProps === undefined)
    return undefined
  return {
    generation,
    folder,
    views,
    fileProps,
    variable: generation >= 12 ? wideVariable : narrowVariable,
  }
}

const folderOf = (generation: Generation): string => folders.find(([g]) => g === generation)?.[1] ?? ''
