/** What the operators need of a model, apart from where it comes from. */
@NullMarked
package io.frametag.operators.model;

import org.jspecify.annotations.NullMarked;
