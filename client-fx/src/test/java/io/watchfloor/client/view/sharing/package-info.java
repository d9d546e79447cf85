@org.jspecify.annotations.NullMarked
package io.watchfloor.client.view.sharing;
