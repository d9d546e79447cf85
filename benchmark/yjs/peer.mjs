// Does with Yjs what one benchmark of EditBenchmark does, as long and as often, and prints one line: nanoseconds of an
// edit, bytes of one, bytes of the document after 100,000 and 1,000,000 edits. Run by ProtocolFigures.
// usage: node peer.mjs number|bounds|type|scatter [milliseconds of an iteration]
import * as Y from 'yjs'

const [kind, millis = '1000'] = process.argv.slice(2)
const ITERATIONS = 5
const BATCH = 50
const names = Array.from({ length: 1000 }, (_, i) => `w${i}`)

function replicas () {
  const mine = new Y.Doc()
  const theirs = new Y.Doc()
  let update = new Uint8Array()
  mine.on('update', u => { update = u })
  return { mine, theirs, send: () => { Y.applyUpdate(theirs, update); return update.length } }
}

function maps (value) {
  const { mine, theirs, send } = replicas()
  const map = mine.getMap('map')
  theirs.getMap('map')
  return {
    theirs,
    sets: 0,
    batch () {
      mine.transact(() => {
        for (let j = 0; j < BATCH; j++, this.sets++) map.set(names[this.sets % names.length], value(this.sets))
      })
      return send()
    }
  }
}

function sets (value) {
  let run = maps(value)
  return () => {
    if (run.sets === 200000) run = maps(value)
    run.batch()
    return BATCH
  }
}

function typing (scatters) {
  let text, send, length, seed, caret
  function begin () {
    const both = replicas()
    text = both.mine.getText('text')
    both.theirs.getText('text')
    send = both.send
    length = 0
    seed = 1
  }
  function place () {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0
    return (seed >>> 8) % (length + 1)
  }
  begin()
  return () => {
    if (length === 10000) begin()
    caret = scatters || length % 40 === 0 ? place() : caret + 1
    text.insert(caret, 'x')
    length++
    send()
    return 1
  }
}

function nanos (edit) {
  const most = Number(millis) * 1e6
  let edits = 0
  let spent = 0
  const begin = process.hrtime.bigint()
  while (spent < most) {
    for (let i = 0; i < 20; i++) edits += edit()
    spent = Number(process.hrtime.bigint() - begin)
  }
  return spent / edits
}

function size (value) {
  const run = maps(value)
  let bytes = 0
  let early = 0
  while (run.sets < 1000000) {
    bytes += run.batch()
    if (run.sets === 100000) early = Y.encodeStateAsUpdate(run.theirs).length
  }
  return `${(bytes / run.sets).toFixed(1)} ${early} ${Y.encodeStateAsUpdate(run.theirs).length}`
}

const values = { number: i => i, bounds: i => ({ h: 4, w: 6, x: i % 12, y: i % 97 }) }
const value = values[kind]
const edit = value ? sets(value) : typing(kind === 'scatter')
for (let i = 0; i < ITERATIONS; i++) nanos(edit)
const best = Math.min(...Array.from({ length: ITERATIONS }, () => nanos(edit)))
console.log(`${best.toFixed(1)} ${value ? size(value) : '0 0 0'}`)
