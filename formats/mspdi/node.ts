// Small values of Microsoft Project XML elements, read by hand.
import { integer } from '../codec.ts'
import type { XmlNode } from '../xml/record.ts'
import { flag } from './value.ts'

export const int = (node: XmlNode, name: string): number | undefined => integer.read(node.fields.get(name) ?? '')

export const yes = (node: XmlNode, name: string): boolean => flag.read(node.fields.get(name) ?? '') === true

/** A number as the id it is in the plan. */
export const id = (node: XmlNode, name: string): string | undefined => {
  const n = int(node, name)
  return n === undefined ? undefined : String(n)
}
