import React, { useState } from 'react'

export default function List({ items, onSelect = () => {}, ...props }) {
  const [open, setOpen] = useState(false)
  const shown = open ? items : items.slice(0, 3)
  if (!items.length) return <p className="empty">Nothing here, "yet" // really</p>
  return (
    <ul {...props} onClick={() => setOpen(!open)}>
      {/* every item */}
      {shown.map(({ id, label }, i) => (
        <li key={id} className={`item ${i % 2 ? 'odd' : 'even'}`} onClick={async () => { await onSelect(id) }}>
          {label ?? <em>{i}</em>} <b>&rarr;</b>
        </li>
      ))}
      <>{open && <li><button disabled={!open}>less</button></li>}</>
    </ul>
  )
}
