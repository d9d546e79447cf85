// Does with Yjs what AssignmentBenchmark and TextBenchmark do, and prints nanoseconds per edit: one line for each.
// Run by ProtocolFigures; `node peer.mjs small` does little, to see that it runs.
import * as Y from 'yjs'

const small = process.argv[2] === 'small'
const BATCH = 50
const names = Array.from({ length: 1000 }, (_, i) => `w${i}`)

function replicas () {
  const mine = new Y.Doc()
  const theirs = new Y.Doc()
  let update = new Uint8Array()
  mine.on('update', u => { update = u })
  return { mine, theirs, send: () => { Y.applyUpdate(theirs, update); return update.length } }
}

function sets (count, value) {
  const { mine, theirs, send } = replicas()
  const map = mine.getMap('map')
  theirs.getMap('map')
  let bytes = 0
  const begin = process.hrtime.bigint()
  for (let i = 0; i < count;) {
    mine.transact(() => {
      for (let j = 0; j < BATCH; j++, i++) map.set(names[i % names.length], value(i % 1000000))
    })
    bytes += send()
  }
  const nanos = Number(process.hrtime.bigint() - begin)
  return { nanos: nanos / count, bytes: bytes / count, state: Y.encodeStateAsUpdate(theirs).length }
}

function typing (count) {
  const { mine, theirs, send } = replicas()
  const text = mine.getText('text')
  theirs.getText('text')
  const begin = process.hrtime.bigint()
  for (let length = 0; length < count; length++) {
    const at = length === 0 ? 0 : Math.floor((length * 7919) % length + length / 2) % length
    text.insert(at, 'x')
    send()
  }
  return { nanos: Number(process.hrtime.bigint() - begin) / count }
}

function report (name, run) {
  for (let warmUp = 0; warmUp < (small ? 0 : 2); warmUp++) run()
  const runs = Array.from({ length: small ? 1 : 3 }, run)
  const best = runs.reduce((a, b) => (b.nanos < a.nanos ? b : a))
  console.log(`${name} ${best.nanos.toFixed(1)} ${(best.bytes ?? 0).toFixed(1)} ${best.state ?? 0}`)
}

const many = small ? 1000 : 200000
report('number', () => sets(many, i => i))
report('bounds', () => sets(many, i => ({ h: 4, w: 6, x: i % 12, y: i % 97 })))
report('type', () => typing(small ? 100 : 10000))
