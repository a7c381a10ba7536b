/* jsx: markup as operations on cloned templates: elements, children and attributes (jsx_attributes.c), slots (slots.c), directives
 * (jsx_directives.c). Components are components.h. Private to this layer.
 */
#ifndef TOVA_CODEGEN_JSX_H
#define TOVA_CODEGEN_JSX_H

#include "codegen/emitter.h"

/* An element, a fragment or a block of markup. */
struct js *lower_jsx(struct emitter *e, node_id node);
/* The children of an element, fragment or jsx_block. */
void lower_children(struct emitter *e, node_id parent, struct js_list *children);
/* Elements that somebody lowers himself: those for which `stays` holds. */
struct kept_elements {
    bool (*stays)(const struct emitter *e, node_id element, void *context);
    void *context;
    VEC(node_id) elements;
};
/* The same; in the place of each kept element stands NULL. */
void lower_children_around(struct emitter *e, node_id parent, struct js_list *children, struct kept_elements *kept);
/* The props object of an element; `component` decides their form. */
struct js *lower_attributes(struct emitter *e, node_id element, bool component);
/* Those props of an element that no template holds (jsx_static_attribute). */
struct js *lower_changing_attributes(struct emitter *e, node_id element);
/* Is it called as a component: `Card`, `menu.Item`? */
bool is_component_tag(struct str name);

/* The slot that a child of a component is for by its attribute `slot`; empty where it has none. */
struct str slot_of_child(const struct emitter *e, node_id child);
/* Adds the children of a component to its props, by their slots. */
void add_slotted_children(struct emitter *e, node_id element, struct js *props);
/* `props.children?.()`: what the name `children` stands for in a component. */
struct js *slot_children(struct emitter *e, node_id name);
/* `<slot/>`, `<slot name="header" item={x}>what else</slot>`: what stands between the tags where the component is used. */
struct js *lower_slot(struct emitter *e, node_id node);

/* The function of an element that an attribute `use:f={v}`, `transition:f`, `in:f`, `out:f` or `animate:f` stands for. */
struct js *lower_element_directive(struct emitter *e, node_id attribute);
/* `animate`, `font`, `onMount` or `onUnmount` of a component; false when the directive is none of those. */
bool lower_component_directive(struct emitter *e, node_id node);
#endif
